import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { UsageMirror } from './mirror-values.ts';
import type { SyncWindow } from './sync-window.ts';

/** How a run ends that found nothing where there was something. */
export const emptyCode = 'pax8.empty';

export interface UsageReading {
  summaryId: string;
  subscriptionId: string;
  companyId: string;
  /** The days that were read: what is not among the lines is gone. */
  window: SyncWindow;
  lines: readonly UsageMirror[];
  /** False where a line is held: a sync that goes on after this one reads it again, and tells it again. */
  isComplete: boolean;
  /** By the job's clock, as a run's times are. */
  readAt: Date;
}

const readLines = (lines: string) => sql`
  jsonb_to_recordset(${lines}::jsonb) r (usage_date date, product_id uuid, product_name text, resource_group text,
    unit_of_measure text, quantity_e6 bigint, partner_total_e8 bigint, current_charges_e8 bigint, currency text,
    is_trial boolean)`;

/**
 * Replaces a summary's days: a line that Pax8 now tells otherwise, or no longer tells, is superseded and stays readable
 * with the time at which we learnt it; equal lines are left alone. Then remembers that these days were read.
 */
export const replaceUsage = async (
  transaction: Transaction,
  scope: Scope,
  { summaryId, subscriptionId, companyId, window: { from, to }, lines, readAt, isComplete }: UsageReading,
): Promise<{ superseded: number; added: number }> => {
  const reading = jsonValue(lines);
  const superseded = await transaction.change(sql`
    update billing.pax8_usage_lines u set superseded_at = now()
    where u.summary_id = ${summaryId} and u.superseded_at is null and u.usage_date between ${from}::date and ${to}::date
      and not exists (
        select from ${readLines(reading)}
        where (r.usage_date, r.product_id, r.product_name, r.resource_group, r.unit_of_measure, r.quantity_e6,
            r.partner_total_e8, r.current_charges_e8, r.currency, r.is_trial)
          is not distinct from (u.usage_date, u.product_id, u.product_name, u.resource_group, u.unit_of_measure, u.quantity_e6,
            u.partner_total_e8, u.current_charges_e8, u.currency, u.is_trial))`);
  const added = await transaction.change(sql`
    insert into billing.pax8_usage_lines (tenant_id, summary_id, subscription_id, company_id, usage_date, product_id,
      product_name, resource_group, unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial)
    select ${scope.tenantId}::uuid, ${summaryId}::uuid, ${subscriptionId}::uuid, ${companyId}::uuid, r.*
    from ${readLines(reading)}
    where not exists (select from billing.pax8_usage_lines u where u.summary_id = ${summaryId} and u.superseded_at is null
      and (u.usage_date, u.product_id, u.resource_group, u.unit_of_measure, u.currency, u.is_trial)
        = (r.usage_date, r.product_id, r.resource_group, r.unit_of_measure, r.currency, r.is_trial))`);
  if (!isComplete) return { superseded, added };
  await transaction.change(sql`
    insert into billing.pax8_usage_reads as d (tenant_id, summary_id, read_from, read_to, read_at)
    values (${scope.tenantId}, ${summaryId}, ${from}, ${to}, ${readAt.toISOString()})
    on conflict (tenant_id, summary_id) do update
      set read_from = excluded.read_from, read_to = excluded.read_to, read_at = excluded.read_at`);
  return { superseded, added };
};

export interface Unlisted {
  subscriptionId: string;
  /** The ones that are listed. */
  summaryIds: string[];
  window: SyncWindow;
}

/**
 * Supersedes a subscription's lines of summaries that Pax8 no longer lists: it re-issues a summary under a new id, and
 * the same days must not count twice.
 */
export const supersedeUnlisted = (
  transaction: Transaction,
  { subscriptionId, summaryIds, window: { from, to } }: Unlisted,
): Promise<number> =>
  transaction.change(sql`
    update billing.pax8_usage_lines set superseded_at = now()
    where subscription_id = ${subscriptionId} and superseded_at is null and usage_date between ${from}::date and ${to}::date
      and not (summary_id::text = any (${summaryIds}::text[]))`);

/** When the last finished sync began; null when there was none. */
export const lastSync = async (transaction: Transaction): Promise<Date | null> => {
  const row = await transaction.row(sql<{ began: string | null }>`
    select max(started_at) as began from billing.runs where job = 'usage-sync' and state = 'done'`);
  return row?.began ? new Date(row.began) : null;
};

/** When a sync since the last finished one first found an empty list; null when none did. */
export const firstEmpty = async (transaction: Transaction): Promise<Date | null> => {
  const row = await transaction.row(sql<{ began: string | null }>`
    select min(started_at) as began from billing.runs
    where job = 'usage-sync' and code = ${emptyCode} and fence > coalesce(
      (select max(fence) from billing.runs where job = 'usage-sync' and state = 'done'), 0)`);
  return row?.began ? new Date(row.began) : null;
};

// What was read longer ago than this is read again: usage moves on while a sync keeps failing.
const resumeWithin = '6 hours';

/** The summaries whose days a sync that did not finish has read already, so that the next one goes on after them. */
export const readAlready = async (
  transaction: Transaction,
  { from, to }: SyncWindow,
  now: Date,
): Promise<Set<string>> =>
  new Set(
    (
      await transaction.rows(sql<{ summary_id: string }>`
        select summary_id from billing.pax8_usage_reads
        where read_from <= ${from}::date and read_to >= ${to}::date and read_at > ${now.toISOString()}::timestamptz - ${resumeWithin}::interval
          and read_at > coalesce(
            (select max(finished_at) from billing.runs where job = 'usage-sync' and state = 'done'), '-infinity')`)
    ).map(({ summary_id }) => summary_id),
  );
