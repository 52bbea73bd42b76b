import type { Role } from '@legendops/kit/contract/permissions';
import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { DirectoryPerson } from '../sign-in/entra.ts';
import { belongs } from './standing.ts';

export interface MemberRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  customer_id: string | null;
  state: 'active' | 'disabled';
  version: number;
  created_at: string;
}

export interface NewMember {
  person: Pick<DirectoryPerson, 'directoryId' | 'objectId'> & { name: string; email: string };
  role: Role;
  customerId: string | null;
}

export interface MemberStore {
  /** Undefined for staff of a directory that the organisation has no more; so for byPerson. */
  byId(scope: Scope, id: string): Promise<MemberRow | undefined>;
  byPerson(scope: Scope, person: DirectoryPerson): Promise<MemberRow | undefined>;
  page(scope: Scope, place: Place): Promise<MemberRow[]>;
  /** Who works here and may sign in: no guest, nobody who was disabled or whose directory is gone. */
  staff(scope: Scope): Promise<MemberRow[]>;
}

const columns = sql`id, name, email, role, customer_id, state, version, created_at`;

export const memberStore = (database: TenantDatabase): MemberStore => ({
  byId: async (scope, id) =>
    (
      await database.read(scope, sql<MemberRow>`select ${columns} from auth.members where id = ${id} and ${belongs}`)
    )[0],
  byPerson: async (scope, { directoryId, objectId }) =>
    (
      await database.read(
        scope,
        sql<MemberRow>`
          select ${columns} from auth.members where directory_id = ${directoryId} and object_id = ${objectId} and ${belongs}`,
      )
    )[0],
  page: (scope, { after, limit }) =>
    database.read(
      scope,
      after
        ? sql<MemberRow>`select ${columns} from auth.members where (name, id) > (${after[0]}, ${after[1]})
            order by name, id ${pageRows(limit)}`
        : sql<MemberRow>`select ${columns} from auth.members order by name, id ${pageRows(limit)}`,
    ),
  staff: (scope) =>
    database.read(
      scope,
      sql<MemberRow>`
        select ${columns} from auth.members where state = 'active' and role <> 'guest' and ${belongs} order by id`,
    ),
});

export const insertMember = (
  transaction: Transaction,
  scope: Scope,
  { person, role, customerId }: NewMember,
): Promise<MemberRow> =>
  transaction.one(sql<MemberRow>`
    insert into auth.members (tenant_id, directory_id, object_id, name, email, role, customer_id)
    values (${scope.tenantId}, ${person.directoryId}, ${person.objectId}, ${person.name}, ${person.email}, ${role}, ${customerId})
    returning ${columns}`);

/** Whoever it is, with whether their directory is one of the organisation's. */
export const memberToChange = (
  transaction: Transaction,
  id: string,
): Promise<(MemberRow & { of_own_directory: boolean }) | undefined> =>
  transaction.row(sql<MemberRow & { of_own_directory: boolean }>`
    select ${columns}, exists (select from auth.directories d where d.directory_id = m.directory_id) as of_own_directory
    from auth.members m where id = ${id} for update`);

export const updateMember = (
  transaction: Transaction,
  { id, state, role, customer_id }: Pick<MemberRow, 'id' | 'state' | 'role' | 'customer_id'>,
): Promise<MemberRow> =>
  transaction.one(sql<MemberRow>`
    update auth.members set state = ${state}, role = ${role}, customer_id = ${customer_id} where id = ${id}
    returning ${columns}`);

/** Whether an administrator is left who can sign in. */
export const hasAdministrator = async (transaction: Transaction): Promise<boolean> => {
  const found = await transaction.row(
    sql`select from auth.members where role = 'tenant_admin' and state = 'active' and ${belongs} limit 1`,
  );
  return found !== undefined;
};
