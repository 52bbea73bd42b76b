import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { MailDelivery, NoticeKind } from './contract.ts';
import { noticeColumns, type NoticeRow } from './notice-row.ts';

export type Channel = 'mail' | 'teams';

/** A message that this process may send. */
export interface ClaimedMessage {
  id: string;
  /** Null for the channel of Teams. */
  member_id: string | null;
  digest_on: string | null;
  /** Names the claim: a later one makes this one's outcome void. */
  attempt: number;
  failures: number;
  notices: NoticeRow[];
  /** What its person has chosen. */
  choices: { kind: NoticeKind; delivery: MailDelivery }[];
}

export type MessageOutcome =
  | { state: 'sent' }
  /** There is nobody, or nothing left, to tell. */
  | { state: 'dropped' }
  /** It is given up: after as many tries as there are, or at once where it is refused for good. */
  | { state: 'dead'; failure: string; isRefused: boolean }
  /** It was in vain; `counts` where that is the message's own fault, or its server's. */
  | { state: 'waiting'; failure: string; at: Date; counts: boolean };

export interface MessageStore {
  due(channel: Channel, busy: readonly string[], now: Date): Promise<{ id: string; tenantId: string }[]>;
  claim(scope: Scope, id: string, seconds: number): Promise<ClaimedMessage | undefined>;
  hold(scope: Scope, message: ClaimedMessage, seconds: number): Promise<boolean>;
  /** Ends or postpones it; false when another claim has come after. */
  settle(scope: Scope, message: ClaimedMessage, outcome: MessageOutcome, now: Date): Promise<boolean>;
  /** Whether a channel is connected: what the vault still has of another one is not asked for. */
  hasTeams(scope: Scope): Promise<boolean>;
  /** What Teams said last of what was posted to the channel; null when it took it. */
  setTeamsFailure(scope: Scope, failure: string | null): Promise<void>;
}

const atOnce = 200;

// By the database's clock: of two processes whose clocks differ one has it all the same.
const isFree = sql`m.state = 'waiting' and (m.claimed_until is null or m.claimed_until <= now())`;

/** Before anybody has sent it, what is over is left out; from then on each attempt is the same message. */
const leaveOutCleared = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`
    delete from billing.notice_items i using billing.notices n
    where i.message_id = ${id} and n.tenant_id = i.tenant_id and n.id = i.notice_id and n.cleared_at is not null`);

const noticesOf = (transaction: Transaction, id: string): Promise<NoticeRow[]> =>
  transaction.rows(sql<NoticeRow>`
    select ${noticeColumns} from billing.notice_items i
      join billing.notices n on n.tenant_id = i.tenant_id and n.id = i.notice_id
    where i.message_id = ${id} order by n.raised_at, n.id`);

export const messageStore = (database: TenantDatabase, platform: PlatformDatabase): MessageStore => ({
  due: (channel, busy, now) =>
    platform.read(
      'notice messages',
      sql<{ id: string; tenantId: string }>`
        select m.id, m.tenant_id as "tenantId" from billing.notice_messages m
          join app.tenants t on t.id = m.tenant_id and t.state = 'active'
        where ${isFree} and m.channel = ${channel} and m.next_attempt_at <= ${now} and m.tenant_id <> all (${busy}::uuid[])
        order by m.next_attempt_at, m.id limit ${atOnce}`,
    ),
  claim: (scope, id, seconds) =>
    database.write(scope, async (transaction) => {
      const message = await transaction.row(sql<Omit<ClaimedMessage, 'notices' | 'choices'>>`
        select m.id, m.member_id, m.digest_on, m.attempts + 1 as attempt, m.failures from billing.notice_messages m
        where m.id = ${id} and ${isFree} for update of m skip locked`);
      if (!message) return undefined;
      if (message.attempt === 1) await leaveOutCleared(transaction, id);
      await transaction.change(sql`
        update billing.notice_messages set attempts = attempts + 1,
          claimed_until = now() + make_interval(secs => ${seconds}::integer) where id = ${id}`);
      const choices = await transaction.rows(sql<ClaimedMessage['choices'][number]>`
        select kind, delivery from billing.notice_choices where member_id = ${message.member_id}`);
      return { ...message, notices: await noticesOf(transaction, id), choices };
    }),
  hold: (scope, { id, attempt }, seconds) =>
    database.write(
      scope,
      async (transaction) =>
        (await transaction.change(sql`
          update billing.notice_messages set claimed_until = now() + make_interval(secs => ${seconds}::integer)
          where id = ${id} and attempts = ${attempt} and state = 'waiting' and claimed_until > now()`)) === 1,
    ),
  settle: (scope, { id, attempt }, outcome, now) =>
    database.write(scope, async (transaction) => {
      const failure = 'failure' in outcome ? outcome.failure : null;
      const fails = outcome.state === 'dead' || (outcome.state === 'waiting' && outcome.counts) ? 1 : 0;
      const next = outcome.state === 'waiting' ? outcome.at : now;
      const settled = outcome.state === 'waiting' ? null : now;
      const changed = await transaction.change(sql`
        update billing.notice_messages set state = ${outcome.state}, failure = ${failure}, claimed_until = null,
          failures = failures + ${fails}::integer, next_attempt_at = ${next}, settled_at = ${settled}
        where id = ${id} and attempts = ${attempt} and state = 'waiting'`);
      return changed === 1;
    }),
  hasTeams: async (scope) => (await database.read(scope, sql`select from billing.teams_channels`)).length > 0,
  setTeamsFailure: (scope, failure) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update billing.teams_channels set failure = ${failure} where failure is distinct from ${failure}`);
    }),
});
