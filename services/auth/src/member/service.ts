import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { Page } from '@legendops/kit/contract/page';
import type { Staff } from '@legendops/kit/contract/staff';
import type { Member, MemberChange } from '../contract.ts';
import type { DirectoryPerson } from '../sign-in/entra.ts';
import { requireCustomer, type IsActiveCustomer } from '../customer/portal-customers.ts';
import { memberSubject } from './audited-member.ts';
import { requireStanding } from './standing.ts';
import {
  hasAdministrator,
  insertMember,
  memberToChange,
  updateMember,
  type MemberRow,
  type MemberStore,
  type NewMember,
} from './store.ts';

export interface MemberService {
  /** Makes a member of somebody who was invited, in the transaction that redeems the invitation. */
  join(transaction: Transaction, scope: Scope, wanted: NewMember): Promise<Member>;
  get(scope: Scope, id: string): Promise<Member | undefined>;
  findPerson(scope: Scope, person: DirectoryPerson): Promise<Member | undefined>;
  page(scope: Scope, query: { limit: number; cursor?: string | undefined }): Promise<Page<Member>>;
  /** Who works for the organisation now, as other services may know them. */
  staff(scope: Scope): Promise<Staff>;
  /** Disables, enables, or gives another role. Where anything is different afterwards, the database ends their sessions. */
  change(
    actor: Actor & ActingScope<'member.changed'>,
    id: string,
    version: number,
    wanted: MemberChange,
  ): Promise<Member>;
}

const presentMember = (row: MemberRow): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  customerId: row.customer_id,
  state: row.state,
  version: row.version,
  createdAt: row.created_at,
});

const isAdministrator = ({ role, state }: MemberRow): boolean => role === 'tenant_admin' && state === 'active';

export const memberService = ({
  store,
  database,
  isActiveCustomer,
}: {
  store: MemberStore;
  database: TenantDatabase;
  isActiveCustomer: IsActiveCustomer;
}): MemberService => ({
  join: async (transaction, scope, wanted) => presentMember(await insertMember(transaction, scope, wanted)),
  get: async (scope, id) => {
    const row = await store.byId(scope, id);
    return row && presentMember(row);
  },
  findPerson: async (scope, person) => {
    const row = await store.byPerson(scope, person);
    return row && presentMember(row);
  },
  page: (scope, query) =>
    listPage(query, {
      list: 'members',
      by: ['text', 'id'],
      read: (place) => store.page(scope, place),
      keys: (row) => [row.name, row.id],
      present: presentMember,
    }),
  staff: async (scope) => ({
    data: (await store.staff(scope)).map(({ id, name, email, role }) => ({ id, name, email, role })),
  }),
  change: async (actor, id, version, { state, role, customerId }) => {
    if (customerId !== undefined) await requireCustomer(isActiveCustomer, actor.tenantId, customerId);
    return database.write({ tenantId: actor.tenantId }, async (transaction) => {
      await requireStanding(transaction, actor, 'member.write');
      const before = asSeen(await memberToChange(transaction, id), version, 'member.not-found');
      const after = await updateMember(transaction, {
        id,
        state: state ?? before.state,
        role: role ?? before.role,
        customer_id: role === undefined ? before.customer_id : (customerId ?? null),
      });
      if (before.role === 'guest' && after.role !== 'guest' && !before.of_own_directory)
        throw problem('member.foreign-directory', {
          detail:
            'This person signs in with an account of another organisation: press “Invite” and give their address at your organisation',
        });
      if (isAdministrator(before) && !isAdministrator(after) && !(await hasAdministrator(transaction)))
        throw problem('member.last-administrator', {
          detail: 'First give somebody else the role Administrator, with “Change role” under “Team”',
        });
      const changes = differences(before, after, ['state', 'role', 'customer_id']);
      if (changes.length > 0)
        await actor.audit(transaction, { act: 'member.changed', subject: memberSubject(after), changes });
      return presentMember(after);
    });
  },
});
