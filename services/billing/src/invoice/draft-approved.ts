import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Period } from '../rating/period.ts';
import type { CustomerUse, RatedCustomer, RatingException } from '../rating/rated-values.ts';
import { isSameUse, thingOf, type Use } from '../rating/use.ts';

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

/** A customer that left since is rated for what it has paid as it was: only then can the two be compared. */
export const activeWhereApproved = (
  customers: readonly RatedCustomer[],
  approved: ReadonlyMap<string, Approved>,
): RatedCustomer[] =>
  customers.map((customer) => (approved.has(customer.id) ? { ...customer, state: 'active' } : customer));

const bills = ({ uses }: Approved, sourceKey: string): boolean =>
  uses.some((use) => thingOf(use.sourceKey) === thingOf(sourceKey));

/** Prices and rules of what is approved are settled: what is wrong with them today is no trouble of that invoice. */
export const isSettled = (
  { customerId, sourceKey }: RatingException,
  approved: ReadonlyMap<string, Approved>,
): boolean => {
  const invoice = customerId === null ? undefined : approved.get(customerId);
  return invoice !== undefined && sourceKey !== undefined && bills(invoice, sourceKey);
};

/**
 * Whether a customer used something else than what its approved invoice bills. What could not be priced counts where the
 * invoice has it; otherwise it was left out knowingly, and has an exception of its own.
 */
export const differsInUse = (invoice: Approved, uses: readonly CustomerUse[]): boolean =>
  !isSameUse(
    invoice.uses,
    uses.filter(
      ({ customerId, isPriced, sourceKey }) =>
        customerId === invoice.customerId && (isPriced || bills(invoice, sourceKey)),
    ),
  );
