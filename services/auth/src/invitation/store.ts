import type { Role } from '@legendops/kit/contract/permissions';
import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';

export interface InvitationRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  customer_id: string | null;
  state: 'pending' | 'sent' | 'redeemed' | 'revoked';
  created_at: string;
}

const columns = sql`id, email, name, role, customer_id, state, created_at`;

export interface InvitationStore {
  page(scope: Scope, page: { after: readonly string[] | undefined; limit: number }): Promise<InvitationRow[]>;
  /** Invitations that wait to be mailed, oldest first, whosever they are. */
  pending(limit: number): Promise<{ id: string; tenantId: string }[]>;
}

export const invitationStore = (database: TenantDatabase, platform: PlatformDatabase): InvitationStore => ({
  page: (scope, { after, limit }) =>
    database.read(
      scope,
      after
        ? sql<InvitationRow>`select ${columns} from auth.invitations
            where (created_at, id) < (${after[0]}, ${after[1]}) order by created_at desc, id desc limit ${limit + 1}`
        : sql<InvitationRow>`select ${columns} from auth.invitations order by created_at desc, id desc limit ${limit + 1}`,
    ),
  pending: (limit) =>
    platform.read(
      'mail',
      sql<{ id: string; tenantId: string }>`
        select i.id, i.tenant_id as "tenantId" from auth.invitations i join app.tenants t on t.id = i.tenant_id
        where i.state = 'pending' and t.state = 'active' order by i.created_at limit ${limit}`,
    ),
});

/** The statements of an invitation's life, each in a transaction of its caller. */
export const insertInvitation = async (
  transaction: Transaction,
  scope: Scope,
  invitation: { email: string; name: string; role: Role; customerId: string | null },
): Promise<InvitationRow> => {
  const row = await transaction.row(sql<InvitationRow>`
    insert into auth.invitations (tenant_id, email, name, role, customer_id, origin)
    values (${scope.tenantId}, ${invitation.email}, ${invitation.name}, ${invitation.role}, ${invitation.customerId}, 'member')
    returning ${columns}`);
  if (!row) throw new Error('The new invitation was not returned');
  return row;
};

/** Undefined when another process mails it, or it is no longer pending. */
export const claimPending = (transaction: Transaction, id: string): Promise<InvitationRow | undefined> =>
  transaction.row(
    sql<InvitationRow>`select ${columns} from auth.invitations where id = ${id} and state = 'pending' for update skip locked`,
  );

export const markSent = (
  transaction: Transaction,
  { id, tokenHash, expiresAt }: { id: string; tokenHash: Uint8Array; expiresAt: Date },
): Promise<number> =>
  transaction.change(sql`
    update auth.invitations set state = 'sent', token_hash = ${tokenHash}, expires_at = ${expiresAt} where id = ${id}`);

export const claimSent = (transaction: Transaction, tokenHash: Uint8Array): Promise<InvitationRow | undefined> =>
  transaction.row(sql<InvitationRow>`
    select ${columns} from auth.invitations
    where token_hash = ${tokenHash} and state = 'sent' and expires_at > now() for update`);

export const markRedeemed = (transaction: Transaction, id: string, memberId: string): Promise<number> =>
  transaction.change(
    sql`update auth.invitations set state = 'redeemed', member_id = ${memberId}, token_hash = null where id = ${id}`,
  );
