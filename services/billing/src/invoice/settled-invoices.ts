import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Period } from '../rating/period.ts';
import { keysOf } from '../rating/source-keys.ts';
import type { Use } from '../rating/use.ts';

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

/** What a customer pays for a period by an invoice that a person has approved; it never changes. */
export interface Approved {
  customerId: string;
  customerName: string;
  uses: Use[];
}

interface LineRow {
  customer_id: string;
  customer_name: string;
  source_key: string;
  quantity_e6: bigint;
  cost_minor: bigint | null;
  explanation: { steps: string[]; share?: Use['share'] };
}

// Lines from before the share was kept say it in their steps alone.
const shareOf = ({ steps, share }: LineRow['explanation']): Use['share'] => {
  if (share) return share;
  const [, days, of] = steps.map((step) => /^(\d+) of (\d+) days$/.exec(step)).find((found) => found !== null) ?? [];
  return { days: Number(days ?? 1), of: Number(of ?? 1) };
};

export const approvedInvoices = async (
  database: TenantDatabase,
  scope: Scope,
  period: Period,
): Promise<Map<string, Approved>> => {
  const rows = await database.read(
    scope,
    sql<LineRow>`
      select i.customer_id, i.customer_name, l.source_key, l.quantity_e6, l.cost_minor, l.explanation
      from billing.invoices i join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
      where i.period_start = ${period.start} and i.status <> 'draft' order by i.customer_id, l.position`,
  );
  const byCustomer = new Map<string, Approved>();
  for (const row of rows) {
    const approved = byCustomer.get(row.customer_id) ?? {
      customerId: row.customer_id,
      customerName: row.customer_name,
      uses: [],
    };
    byCustomer.set(row.customer_id, approved);
    approved.uses.push({
      sourceKey: row.source_key,
      quantityE6: row.quantity_e6,
      share: shareOf(row.explanation),
      costMinor: row.cost_minor,
    });
  }
  return byCustomer;
};

/**
 * The first days of earlier periods that were billed, the newest first: those with invoices, however their run ended,
 * and those whose run found nothing to bill.
 */
export const billedPeriods = async (
  database: TenantDatabase,
  scope: Scope,
  { before, limit }: { before: string; limit: number },
): Promise<string[]> =>
  (
    await database.read(
      scope,
      sql<{ period: string }>`
        select period from (
          select period_start as period from billing.invoices
          union select period from billing.runs where job = 'invoice-run' and state = 'done'
        ) billed where period < ${before}::date order by period desc limit ${limit}`,
    )
  ).map(({ period }) => period);

export interface PostedInvoice {
  docNumber: string;
  quickBooksId: string;
  customerId: string;
  customerName: string;
  totalMinor: bigint;
  currency: string;
}

/** What was posted to this account in the last days. */
export const postedInvoices = (
  database: TenantDatabase,
  scope: Scope,
  { realmId, days }: { realmId: string; days: number },
): Promise<PostedInvoice[]> =>
  database.read(
    scope,
    sql<PostedInvoice>`
      select p.doc_number as "docNumber", p.remote_id as "quickBooksId", i.customer_id as "customerId",
        i.customer_name as "customerName", i.total_minor as "totalMinor", i.currency
      from billing.postings p join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
      where p.state = 'posted' and p.realm_id = ${realmId}
        and p.created_at > now() - make_interval(days => ${days}::integer)
      order by p.doc_number`,
  );
