import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { constraintOf, sqlState, type Transaction } from '@legendops/kit/db/transaction';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import type { Invitation, Member, NewInvitation } from '../contract.ts';
import { insertMember } from '../member/store.ts';
import { presentMember } from '../member/service.ts';
import type { DirectoryPerson } from '../sign-in/entra.ts';
import type { Mailer } from './mailer.ts';
import {
  claimPending,
  claimSent,
  insertInvitation,
  markRedeemed,
  markSent,
  type InvitationRow,
  type InvitationStore,
} from './store.ts';

export interface InvitationService {
  page(scope: Scope, query: { limit: number; cursor?: string | undefined }): Promise<Page<Invitation>>;
  invite(transaction: Transaction, scope: Scope, wanted: NewInvitation): Promise<Invitation>;
  /** Makes a member of whoever holds the secret of the mail; throws invitation.used when it no longer holds. */
  redeem(scope: Scope, secret: string, person: DirectoryPerson): Promise<Member>;
  /** Mails what waits to be mailed; whatever fails waits for the next round. */
  mailPending(): Promise<void>;
}

const list = 'invitations';
const validDays = 14;
const batch = 50;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const present = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  customerId: row.customer_id,
  state: row.state,
  createdAt: row.created_at,
});

export const invitationService = ({
  store,
  database,
  registry,
  mailer,
  publicUrl,
  now = () => new Date(),
}: {
  store: InvitationStore;
  database: TenantDatabase;
  registry: TenantRegistry;
  mailer: Mailer;
  publicUrl: string;
  now?: () => Date;
}): InvitationService => {
  // The mail leaves inside the transaction: a crash in between mails twice, never not at all, and the last link holds.
  const mail = async (scope: Scope, id: string): Promise<void> => {
    const tenant = await registry.find(scope.tenantId);
    if (!tenant) return;
    await database.write(scope, async (transaction) => {
      const invitation = await claimPending(transaction, id);
      if (!invitation) return;
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now().getTime() + validDays * 86_400_000);
      await markSent(transaction, { id, tokenHash: hashOf(secret), expiresAt });
      await mailer.invite({
        to: { name: invitation.name, address: invitation.email },
        organisation: tenant.displayName,
        link: `${publicUrl}/api/auth/v1/sign-in?invitation=${secret}`,
        validDays,
      });
    });
  };

  return {
    page: async (scope, { limit, cursor }) =>
      toPage({
        rows: await store.page(scope, { after: decodeCursor(list, cursor, 2), limit }),
        limit,
        list,
        keys: (row) => [row.created_at, row.id],
        present,
      }),
    invite: async (transaction, scope, { email, name, role, customerId }) =>
      present(await insertInvitation(transaction, scope, { email, name, role, customerId: customerId ?? null })),
    redeem: async (scope, secret, person) => {
      try {
        return await database.write(scope, async (transaction) => {
          const invitation = await claimSent(transaction, hashOf(secret));
          if (!invitation) throw problem('invitation.used');
          const member = await insertMember(transaction, scope, {
            person,
            role: invitation.role,
            customerId: invitation.customer_id,
          });
          await markRedeemed(transaction, invitation.id, member.id);
          return presentMember(member);
        });
      } catch (error) {
        // The same person in two tabs: the other one became the member.
        if (sqlState(error) === '23505' && constraintOf(error)?.startsWith('members_'))
          throw problem('invitation.used');
        throw error;
      }
    },
    mailPending: async () => {
      const failures: unknown[] = [];
      for (const { id, tenantId } of await store.pending(batch)) {
        await mail({ tenantId }, id).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} invitations could not be mailed`);
    },
  };
};
