import type { Staff } from '@legendops/kit/contract/staff';
import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { addDays } from '../rating/period.ts';
import type { MailDelivery, NoticeKind } from './contract.ts';
import { digestAt, nextDigestOn } from './digest-time.ts';
import { deliveryOf, type Choices } from './notice-kinds.ts';

interface NewNotice {
  id: string;
  kind: NoticeKind;
}

interface Telling {
  staff: Staff['data'];
  timeZone: string;
  now: Date;
}

interface Addressed {
  /** Null for the channel of Teams. */
  memberId: string | null;
  digestOn: string | null;
  at: Date;
}

// What is raised and not told yet, taken by one process alone: the other finds nothing left.
const takeUntold = (transaction: Transaction, now: Date): Promise<NewNotice[]> =>
  transaction.rows(sql<NewNotice>`
    update billing.notices set told_at = ${now} where told_at is null and cleared_at is null returning id, kind`);

const putItems = (
  transaction: Transaction,
  { tenantId }: Scope,
  messageId: string,
  notices: readonly NewNotice[],
): Promise<number> =>
  transaction.change(sql`
    insert into billing.notice_items (tenant_id, message_id, notice_id)
    select ${tenantId}, ${messageId}, notice from unnest(${notices.map(({ id }) => id)}::uuid[]) notice
    on conflict do nothing`);

const newMessage = (transaction: Transaction, { tenantId }: Scope, { memberId, digestOn, at }: Addressed) =>
  transaction.row(sql<{ id: string }>`
    insert into billing.notice_messages (tenant_id, channel, member_id, digest_on, next_attempt_at)
    values (${tenantId}, ${memberId === null ? 'teams' : 'mail'}, ${memberId}, ${digestOn}, ${at})
    on conflict (tenant_id, member_id, digest_on) where digest_on is not null do nothing
    returning id`);

/** The digest of a day as long as nobody has begun to send it, locked until the transaction ends. */
const openDigest = async (transaction: Transaction, { memberId, digestOn }: Addressed): Promise<string | undefined> => {
  const row = await transaction.row(sql<{ id: string; is_open: boolean }>`
    select id, state = 'waiting' and attempts = 0 as is_open from billing.notice_messages
    where member_id = ${memberId} and digest_on = ${digestOn} for update`);
  return row?.is_open ? row.id : undefined;
};

const putDigest = async (
  transaction: Transaction,
  scope: Scope,
  { memberId, notices, timeZone, now }: { memberId: string; notices: readonly NewNotice[] } & Omit<Telling, 'staff'>,
): Promise<void> => {
  // One that is being sent, by a process whose clock is ahead, takes nothing more: the next day's does.
  for (let digestOn = nextDigestOn(now, timeZone); ; digestOn = addDays(digestOn, 1)) {
    const addressed = { memberId, digestOn, at: digestAt(digestOn, timeZone) };
    const id = (await newMessage(transaction, scope, addressed))?.id ?? (await openDigest(transaction, addressed));
    if (id !== undefined) {
      await putItems(transaction, scope, id, notices);
      return;
    }
  }
};

const choicesOf = async (transaction: Transaction): Promise<Map<string, Choices>> => {
  const rows = await transaction.rows(sql<{ member_id: string; kind: NoticeKind; delivery: MailDelivery }>`
    select member_id, kind, delivery from billing.notice_choices`);
  const choices = new Map<string, Map<NoticeKind, MailDelivery>>();
  for (const { member_id: memberId, kind, delivery } of rows)
    choices.set(memberId, (choices.get(memberId) ?? new Map<NoticeKind, MailDelivery>()).set(kind, delivery));
  return choices;
};

/**
 * Writes the messages of all that nobody has been told of: in the transaction that takes it, so that each notice is told to each
 * person once. What is told at once is one message, however much was found at once.
 */
export const tellNew = async (transaction: Transaction, scope: Scope, telling: Telling): Promise<void> => {
  const { staff, now } = telling;
  const untold = await takeUntold(transaction, now);
  if (untold.length === 0) return;
  const atOnce = async (memberId: string | null, notices: readonly NewNotice[]): Promise<void> => {
    const message = notices.length > 0 && (await newMessage(transaction, scope, { memberId, digestOn: null, at: now }));
    if (message) await putItems(transaction, scope, message.id, notices);
  };
  const channel = await transaction.row(
    sql<{ kinds: NoticeKind[] }>`select to_jsonb(kinds) as kinds from billing.teams_channels`,
  );
  if (channel)
    await atOnce(
      null,
      untold.filter(({ kind }) => channel.kinds.includes(kind)),
    );
  const choices = await choicesOf(transaction);
  for (const { id: memberId, role } of staff) {
    const of = (delivery: MailDelivery): NewNotice[] =>
      untold.filter(({ kind }) => deliveryOf(role, choices.get(memberId), kind) === delivery);
    await atOnce(memberId, of('at-once'));
    const daily = of('daily');
    if (daily.length > 0) await putDigest(transaction, scope, { ...telling, memberId, notices: daily });
  }
};
