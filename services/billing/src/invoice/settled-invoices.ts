import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { termSaid } from '../rating/line-words.ts';
import type { Period } from '../rating/period.ts';
import { keysOf } from '../rating/source-keys.ts';
import { thingOf, type Use } from '../rating/use.ts';
import { isOwn } from './line-edits.ts';

/** What the jobs read of invoices that no run makes anew: approved, posted, or of a month that is not theirs. */

/** Where something is billed that no run may bill anew. */
export interface Holder {
  sourceKey: string;
  customerId: string;
  customerName: string;
  periodStart: string;
  description: string;
}

/**
 * What holds these keys for good: an invoice of any month that a person has approved, or a draft of a month that the run
 * does not make.
 */
export const holdersOf = async (
  database: TenantDatabase,
  scope: Scope,
  { sourceKeys, drafted }: { sourceKeys: readonly string[]; drafted: readonly Period[] },
): Promise<Map<string, Holder>> => {
  const rows = await database.read(
    scope,
    sql<Holder>`
      select l.source_key as "sourceKey", i.customer_id as "customerId", i.customer_name as "customerName",
        i.period_start as "periodStart", l.description
      from billing.invoice_lines l join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
      where l.source_key = any (${sourceKeys.flatMap((key) => keysOf(key).map(({ sourceKey }) => sourceKey))}::text[])
        and (i.status <> 'draft' or i.period_start <> all (${drafted.map(({ start }) => start)}::date[]))`,
  );
  return new Map(rows.map((holder) => [holder.sourceKey, holder]));
};

/** What is billed of one thing of a customer in a month, by all that is approved. */
export interface BilledThing {
  /** The line that billed it first; null where only corrections did. */
  lineId: string | null;
  description: string;
  amountMinor: bigint;
  costMinor: bigint | null;
  /** How many corrections of it there are. */
  corrections: number;
  /** Something that billed it is void and does not count. */
  isVoid: boolean;
  /** What persons had made of it on what is void: of a line of their own all of it, of another one what they changed. */
  changedMinor: bigint;
}

/** What a customer pays for a period by an invoice that a person has approved; it never changes. */
export interface Approved {
  customerId: string;
  customerName: string;
  /** What that invoice bills, as it was used then. */
  uses: Use[];
  /** Under which keys it bills terms. */
  termKeys: string[];
  /** What is billed of each thing, later corrections included. */
  things: Map<string, BilledThing>;
  /** A person has decided that it is not billed: nothing of it is corrected. */
  isLeft: boolean;
}

interface LineRow {
  id: string;
  customer_id: string;
  customer_name: string;
  source_key: string;
  description: string;
  quantity_e6: bigint;
  amount_minor: bigint;
  /** What a person has added to what is rated; all of a line of their own. */
  changed_minor: bigint;
  cost_minor: bigint | null;
  is_correction: boolean;
  /** False of what is void and is to be billed anew: its lines stay, for nothing. */
  counts: boolean;
  explanation: { steps: string[]; share?: Use['share'] };
}

// Lines from before the share was kept say it in their steps alone.
const shareOf = ({ steps, share }: LineRow['explanation']): Use['share'] => {
  if (share) return share;
  const [, days, of] = steps.map((step) => /^(\d+) of (\d+) days$/.exec(step)).find((found) => found !== null) ?? [];
  return { days: Number(days ?? 1), of: Number(of ?? 1) };
};

// A correction's key says its month, customer and number before the thing.
const correctedThing = (sourceKey: string): string => sourceKey.split(':').slice(4).join(':');

const addTo = (things: Map<string, BilledThing>, row: LineRow): void => {
  const thing = row.is_correction ? correctedThing(row.source_key) : thingOf(row.source_key);
  const before = things.get(thing);
  things.set(thing, {
    lineId: before?.lineId ?? (row.is_correction ? null : row.id),
    description: before?.description ?? row.description,
    amountMinor: (before?.amountMinor ?? 0n) + (row.counts ? row.amount_minor : 0n),
    costMinor:
      before?.costMinor === null || (row.counts && row.cost_minor === null)
        ? null
        : (before?.costMinor ?? 0n) + ((row.counts && row.cost_minor) || 0n),
    corrections: (before?.corrections ?? 0) + (row.is_correction ? 1 : 0),
    isVoid: before?.isVoid === true || !row.counts,
    changedMinor: (before?.changedMinor ?? 0n) + (row.counts ? 0n : row.changed_minor),
  });
};

/**
 * What a person has changed counts as it was rated: the difference is meant, and is no correction of later months. Their own
 * lines are nothing that a vendor could correct. Of what is void and billed anew both are meant still.
 *
 * By customer; a correction of the period counts wherever it is billed, what else its invoice bills does not. A draft of a
 * month that the run does not make bills it for good, as it does its own month.
 */
export const approvedInvoices = async (
  database: TenantDatabase,
  scope: Scope,
  { period, drafted }: { period: Period; drafted: readonly Period[] },
): Promise<Map<string, Approved>> => {
  const [invoices, rows] = await database.readAll<
    [Pick<LineRow, 'customer_id' | 'customer_name'> & { is_left: boolean }, LineRow]
  >(scope, [
    sql`
      select customer_id, customer_name, status = 'rejected' as is_left
      from billing.invoices where period_start = ${period.start} and status <> 'draft'`,
    sql`
      select l.id, i.customer_id, l.source_key, coalesce(l.rated ->> 'description', l.description) as description,
        coalesce((l.rated ->> 'quantityE6')::bigint, l.quantity_e6) as quantity_e6,
        coalesce((l.rated ->> 'amountMinor')::bigint, l.amount_minor) as amount_minor, l.cost_minor,
        l.amount_minor - case when l.source_key like 'manual:%' then 0
          else coalesce((l.rated ->> 'amountMinor')::bigint, l.amount_minor) end as changed_minor,
        l.corrects_period is not null as is_correction, i.counts_as_billed as counts, l.explanation
      from billing.invoices i join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
      where i.status <> 'draft' and i.period_start = ${period.start} and l.corrects_period is null
          and (l.source_key not like 'manual:%' or not i.counts_as_billed)
        or l.corrects_period = ${period.start}
          and (i.status <> 'draft' or i.period_start <> all (${drafted.map(({ start }) => start)}::date[]))
      order by i.customer_id, l.corrects_period nulls first, i.period_start, l.position`,
  ]);
  // An invoice may bill corrections of other months alone: it is approved all the same.
  const byCustomer = new Map<string, Approved>(
    invoices.map(({ customer_id: customerId, customer_name: customerName, is_left: isLeft }) => [
      customerId,
      { customerId, customerName, uses: [], termKeys: [], things: new Map<string, BilledThing>(), isLeft },
    ]),
  );
  for (const row of rows) {
    const approved = byCustomer.get(row.customer_id);
    if (!approved) continue;
    addTo(approved.things, row);
    if (row.is_correction || isOwn(row.source_key)) continue;
    if (row.source_key.includes(':term:') || termSaid(row.description) !== undefined)
      approved.termKeys.push(row.source_key);
    approved.uses.push({
      sourceKey: row.source_key,
      quantityE6: row.quantity_e6,
      share: shareOf(row.explanation),
      costMinor: row.cost_minor,
    });
  }
  return byCustomer;
};
