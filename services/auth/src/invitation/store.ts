import type { Role } from '@legendops/kit/contract/permissions';
import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Chore } from '@legendops/kit/jobs/housekeeping';
import type { Mailing } from './link.ts';

export interface InvitationRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  customer_id: string | null;
  state: 'pending' | 'sent' | 'redeemed' | 'revoked';
  mail_failed_at: string | null;
  expires_at: string | null;
  version: number;
  created_at: string;
}

/** An invitation whose mail is due, by the id of its mailing. */
export interface DueInvitation extends Mailing {
  tenantId: string;
}

/** What an invitation invites to. */
export interface Invited {
  tenantId: string;
  name: string;
  email: string;
  role: Role;
  /** Of a guest. */
  customerId: string | null;
}

const columns = sql`id, email, name, role, customer_id, state, mail_failed_at, expires_at, version, created_at`;

interface InvitationPageQuery extends Place {
  /** Leaves out those that were redeemed or revoked. */
  isOpen: boolean;
}

export interface InvitationStore {
  page(scope: Scope, page: InvitationPageQuery): Promise<InvitationRow[]>;
  /** Invitations that wait to be mailed, whosever they are, those that wait longest first. */
  due(limit: number): Promise<DueInvitation[]>;
  /** Whose invitation a link is, and to what; undefined when it holds no more. */
  byLink(tokenHash: Uint8Array): Promise<Invited | undefined>;
}

// A link may be followed before its mail is known to have left.
const linkHolds = (tokenHash: Uint8Array) =>
  sql`token_hash = ${tokenHash} and state in ('pending', 'sent') and expires_at > now()`;

export const invitationStore = (database: TenantDatabase, platform: PlatformDatabase): InvitationStore => ({
  page: (scope, { after, limit, isOpen }) => {
    const wanted = isOpen ? sql`state in ('pending', 'sent')` : sql`true`;
    const older = after ? sql`(created_at, id) < (${after[0]}, ${after[1]})` : sql`true`;
    return database.read(
      scope,
      sql<InvitationRow>`select ${columns} from auth.invitations
        where ${wanted} and ${older} order by created_at desc, id desc ${pageRows(limit)}`,
    );
  },
  due: (limit) =>
    platform.read(
      'mail',
      sql<DueInvitation>`
        select i.id, i.tenant_id as "tenantId", i.mailing from auth.invitations i join app.tenants t on t.id = i.tenant_id
        where i.state = 'pending' and i.mail_failed_at is null and i.next_attempt_at <= now() and t.state = 'active'
        order by i.next_attempt_at limit ${limit}`,
    ),
  byLink: async (tokenHash) => {
    const [row] = await platform.read(
      'invitation',
      sql<Invited>`
        select tenant_id as "tenantId", name, email, role, customer_id as "customerId"
        from auth.invitations where ${linkHolds(tokenHash)}`,
    );
    return row;
  },
});

/** The statements of an invitation's life, each in a transaction of its caller. */
export const insertInvitation = (
  transaction: Transaction,
  scope: Scope,
  invitation: { email: string; name: string; role: Role; customerId: string | null },
): Promise<InvitationRow> =>
  transaction.one(sql<InvitationRow>`
    insert into auth.invitations (tenant_id, email, name, role, customer_id, origin)
    values (${scope.tenantId}, ${invitation.email}, ${invitation.name}, ${invitation.role}, ${invitation.customerId}, 'member')
    returning ${columns}`);

/** In the last 24 hours: how many mailings, of which to this address, and after how many seconds the oldest counts no more. */
export interface MailingCounts {
  tenant: number;
  address: number;
  tenant_wait: number;
  address_wait: number;
}

export const countMailings = async (transaction: Transaction, email: string): Promise<MailingCounts> => {
  const ofAddress = sql`filter (where email = lower(${email}::text))`;
  return transaction.one(sql<MailingCounts>`
    select count(*)::integer as tenant, count(*) ${ofAddress}::integer as address,
      ceil(extract(epoch from coalesce(min(created_at), now()) + interval '24 hours' - now()))::integer as tenant_wait,
      ceil(extract(epoch from coalesce(min(created_at) ${ofAddress}, now()) + interval '24 hours' - now()))::integer
        as address_wait
    from auth.invitation_mailings where created_at > now() - interval '24 hours'`);
};

export const recordMailing = (transaction: Transaction, { tenantId }: Scope, email: string): Promise<number> =>
  transaction.change(
    sql`insert into auth.invitation_mailings (tenant_id, email) values (${tenantId}, lower(${email}::text))`,
  );

/** Mailings that no longer count: the policy shows app_platform nothing else. */
export const mailingChore: Chore = {
  name: 'invitation-mailings',
  remove: (limit) => sql`
    delete from auth.invitation_mailings where (tenant_id, id) in (
      select tenant_id, id from auth.invitation_mailings order by created_at limit ${limit})`,
};

/** Takes a due mail for one attempt, from when its link holds; undefined when another process has taken it. */
export const claimDue = (
  transaction: Transaction,
  { id, mailing }: Mailing,
  attempt: { tokenHash: Uint8Array; validDays: number; leaseSeconds: number },
): Promise<(InvitationRow & { mail_attempts: number }) | undefined> =>
  transaction.row(sql<InvitationRow & { mail_attempts: number }>`
    update auth.invitations set mail_attempts = mail_attempts + 1, token_hash = ${attempt.tokenHash},
      expires_at = now() + ${attempt.validDays}::integer * interval '1 day',
      next_attempt_at = now() + ${attempt.leaseSeconds}::integer * interval '1 second'
    where id = ${id} and mailing = ${mailing} and state = 'pending' and mail_failed_at is null and next_attempt_at <= now()
    returning ${columns}, mail_attempts`);

// The three ends of an attempt. Whoever redeemed, revoked or mailed anew meanwhile has moved the invitation on.
const stillThis = ({ id, mailing }: Mailing) => sql`id = ${id} and mailing = ${mailing} and state = 'pending'`;

export const markSent = (transaction: Transaction, mailing: Mailing): Promise<number> =>
  transaction.change(sql`update auth.invitations set state = 'sent' where ${stillThis(mailing)}`);

export const postpone = (transaction: Transaction, mailing: Mailing, seconds: number): Promise<number> =>
  transaction.change(sql`update auth.invitations set next_attempt_at = now() + ${seconds}::integer * interval '1 second'
    where ${stillThis(mailing)}`);

export const markMailFailed = (transaction: Transaction, mailing: Mailing): Promise<number> =>
  transaction.change(sql`update auth.invitations set mail_failed_at = now() where ${stillThis(mailing)}`);

export const claimByLink = (transaction: Transaction, tokenHash: Uint8Array): Promise<InvitationRow | undefined> =>
  transaction.row(sql<InvitationRow>`
    select ${columns} from auth.invitations
    where ${linkHolds(tokenHash)} for update`);

export const markRedeemed = (transaction: Transaction, id: string, memberId: string): Promise<number> =>
  transaction.change(
    sql`update auth.invitations set state = 'redeemed', member_id = ${memberId}, token_hash = null where id = ${id}`,
  );

export const lockInvitation = (transaction: Transaction, id: string): Promise<InvitationRow | undefined> =>
  transaction.row(sql<InvitationRow>`select ${columns} from auth.invitations where id = ${id} for update`);

export const revokeInvitation = (transaction: Transaction, id: string): Promise<InvitationRow> =>
  transaction.one(
    sql<InvitationRow>`
      update auth.invitations set state = 'revoked', token_hash = null where id = ${id} returning ${columns}`,
  );

/** As if it were new: another mailing with another link; the one before holds no more from now on. */
export const mailAgain = (transaction: Transaction, id: string): Promise<InvitationRow> =>
  transaction.one(
    sql<InvitationRow>`
      update auth.invitations set state = 'pending', mailing = mailing + 1, mail_attempts = 0, mail_failed_at = null,
        next_attempt_at = now(), token_hash = null, expires_at = null
      where id = ${id} returning ${columns}`,
  );
