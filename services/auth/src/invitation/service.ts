import { asMember, type ActAs, type ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { constraintOf, sqlState } from '@legendops/kit/db/database-error';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { Invitation, InvitationChange, InvitationQuery, Member, NewInvitation } from '../contract.ts';
import { requireCustomer, type IsActiveCustomer } from '../customer/portal-customers.ts';
import { memberSubject } from '../member/audited-member.ts';
import type { MemberService } from '../member/service.ts';
import { lockTheMembers, requireStanding } from '../member/standing.ts';
import type { DirectoryPerson } from '../sign-in/entra.ts';
import { takeMailing } from './limits.ts';
import { hashOf } from './link.ts';
import {
  claimByLink,
  insertInvitation,
  lockInvitation,
  mailAgain,
  markRedeemed,
  revokeInvitation,
  type InvitationRow,
  type InvitationStore,
  type Invited,
} from './store.ts';

export interface InvitationService {
  page(scope: Scope, query: InvitationQuery): Promise<Page<Invitation>>;
  invite(
    transaction: Transaction,
    actor: Actor & ActingScope<'invitation.created'>,
    wanted: NewInvitation,
  ): Promise<Invitation>;
  /** Revokes an open invitation, or mails it again. */
  change(
    actor: Actor & ActingScope<'invitation.revoked' | 'invitation.mailed-again'>,
    id: string,
    version: number,
    wanted: InvitationChange,
  ): Promise<Invitation>;
  /** Where a link invites to, whoever asks; undefined when it holds no more. */
  invitedBy(secret: string): Promise<Invited | undefined>;
  /**
   * Makes a member of a guest who holds the secret of the mail, or of staff whose address it is for besides; throws
   * invitation.used when it no longer holds, invitation.other-address, and invitation.customer-archived.
   */
  redeem(
    actAs: ActAs<'member.joined'>,
    scope: Scope,
    holder: { secret: string; person: DirectoryPerson },
  ): Promise<Member>;
}

const present = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  customerId: row.customer_id,
  state: row.state,
  mailFailedAt: row.mail_failed_at,
  expiresAt: row.expires_at,
  version: row.version,
  createdAt: row.created_at,
});

const subjectOf = ({ id, name }: InvitationRow) => ({ type: 'invitation', id, name });

export const invitationService = ({
  store,
  database,
  members,
  isActiveCustomer,
}: {
  store: InvitationStore;
  database: TenantDatabase;
  members: Pick<MemberService, 'join'>;
  isActiveCustomer: IsActiveCustomer;
}): InvitationService => ({
  page: (scope, { open, ...query }) => {
    const isOpen = open === 'true';
    return listPage(query, {
      list: isOpen ? 'open-invitations' : 'invitations',
      by: ['instant', 'id'],
      read: (place) => store.page(scope, { ...place, isOpen }),
      keys: (row) => [row.created_at, row.id],
      present,
    });
  },
  invite: async (transaction, actor, { email, name, role, customerId }) => {
    // Before the lock: the portal may take its time.
    if (customerId !== undefined) await requireCustomer(isActiveCustomer, actor.tenantId, customerId);
    await requireStanding(transaction, actor, 'member.invite');
    await takeMailing(transaction, actor, email);
    try {
      const row = await insertInvitation(transaction, actor, { email, name, role, customerId: customerId ?? null });
      const changes = created({ email, role, customerId: row.customer_id });
      await actor.audit(transaction, { act: 'invitation.created', subject: subjectOf(row), changes });
      return present(row);
    } catch (error) {
      if (constraintOf(error) !== 'invitations_open') throw error;
      throw problem('invitation.open', {
        detail: 'Press “Send again” on that one, or “Revoke” before you invite anew',
      });
    }
  },
  change: (actor, id, version, { state }) =>
    database.write({ tenantId: actor.tenantId }, async (transaction) => {
      await requireStanding(transaction, actor, 'member.invite');
      const before = asSeen(await lockInvitation(transaction, id), version, 'invitation.not-found');
      if (before.state === 'redeemed' || before.state === 'revoked') throw problem('invitation.wrong-state');
      const act = state === 'revoked' ? 'invitation.revoked' : 'invitation.mailed-again';
      if (state === 'pending') await takeMailing(transaction, actor, before.email);
      const after = await (state === 'revoked' ? revokeInvitation(transaction, id) : mailAgain(transaction, id));
      await actor.audit(transaction, { act, subject: subjectOf(after), changes: [] });
      return present(after);
    }),
  invitedBy: (secret) => store.byLink(hashOf(secret)),
  redeem: async (actAs, scope, { secret, person }) => {
    // Before the lock: the portal may take its time. Between inviting and coming a customer may have been given up.
    const customerId = (await store.byLink(hashOf(secret)))?.customerId ?? null;
    if (customerId !== null && !(await isActiveCustomer(scope.tenantId, customerId)))
      throw problem('invitation.customer-archived', {
        detail: 'Ask whoever invited you: the customer has to be reactivated, or the invitation is of no use any more',
      });
    try {
      return await database.write(scope, async (transaction) => {
        await lockTheMembers(transaction, scope);
        const invitation = await claimByLink(transaction, hashOf(secret));
        if (!invitation) throw problem('invitation.used');
        // Staff are whom the mail was for; their directory says what their addresses are. A guest is whoever holds the link.
        if (invitation.role !== 'guest' && !person.addresses.includes(invitation.email.toLowerCase()))
          throw problem('invitation.other-address');
        const member = await members.join(transaction, scope, {
          person: { ...person, name: person.name ?? invitation.name, email: person.email ?? invitation.email },
          role: invitation.role,
          customerId: invitation.customer_id,
        });
        await markRedeemed(transaction, invitation.id, member.id);
        const author = asMember({ ...member, memberId: member.id });
        await actAs({ ...scope, author }).audit(transaction, {
          act: 'member.joined',
          subject: memberSubject(member),
          changes: created({ role: member.role, customerId: member.customerId, invitedAs: invitation.email }),
        });
        return member;
      });
    } catch (error) {
      // The same person in two tabs: the other one became the member.
      if (sqlState(error) === '23505' && constraintOf(error)?.startsWith('members_')) throw problem('invitation.used');
      throw error;
    }
  },
});
