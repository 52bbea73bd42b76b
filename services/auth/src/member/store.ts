import type { Role } from '@legendops/kit/contract/permissions';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { DirectoryPerson } from '../sign-in/entra.ts';

export interface MemberRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  customer_id: string | null;
  state: 'active' | 'disabled';
  created_at: string;
}

export interface MemberStore {
  /** Undefined for staff of a directory that the organisation has no more; so for byPerson. */
  byId(scope: Scope, id: string): Promise<MemberRow | undefined>;
  byPerson(scope: Scope, person: DirectoryPerson): Promise<MemberRow | undefined>;
  page(scope: Scope, page: { after: readonly string[] | undefined; limit: number }): Promise<MemberRow[]>;
}

// Staff belong to an organisation by its directory: while that is not registered they are nobody here. A guest's
// directory is another company's; their membership stands by itself.
const belongs = sql`(role = 'guest' or directory_id in (select d.directory_id from auth.directories d))`;

const columns = sql`id, name, email, role, customer_id, state, created_at`;

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
            order by name, id limit ${limit + 1}`
        : sql<MemberRow>`select ${columns} from auth.members order by name, id limit ${limit + 1}`,
    ),
});

/** A member made from an invitation, in the transaction that redeems it. */
export const insertMember = async (
  transaction: Transaction,
  scope: Scope,
  { person, role, customerId }: { person: DirectoryPerson; role: Role; customerId: string | null },
): Promise<MemberRow> => {
  const row = await transaction.row(sql<MemberRow>`
    insert into auth.members (tenant_id, directory_id, object_id, name, email, role, customer_id)
    values (${scope.tenantId}, ${person.directoryId}, ${person.objectId}, ${person.name}, ${person.email}, ${role}, ${customerId})
    returning ${columns}`);
  if (!row) throw new Error('The new member was not returned');
  return row;
};
