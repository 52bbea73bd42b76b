import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Period } from '../rating/period.ts';
import type { DraftLine } from '../rating/rating-values.ts';
import type { CorrectionLines } from './with-correction.ts';

interface Row {
  customer_id: string;
  customer_name: string;
  source_key: string;
  description: string;
  quantity_e6: bigint;
  unit_price_e8: bigint;
  amount_minor: bigint;
  cost_minor: bigint | null;
  explanation: { ruleId: string | null; steps: string[]; share: DraftLine['share'] };
  corrects: string | null;
  corrects_period: string;
}

const lineOf = (row: Row): DraftLine => ({
  sourceKey: row.source_key,
  description: row.description,
  quantityE6: row.quantity_e6,
  unitPriceE8: row.unit_price_e8,
  amountMinor: row.amount_minor,
  costMinor: row.cost_minor,
  share: row.explanation.share,
  ruleId: row.explanation.ruleId,
  corrects: { period: row.corrects_period, lineId: row.corrects },
  steps: () => row.explanation.steps,
});

/**
 * Corrections on drafts of a period, of months that the run does not compare: it would not find them again, so they stay with
 * the draft as they were found last; what a person has changed of one is laid over it again.
 */
export const standingCorrections = async (
  database: TenantDatabase,
  scope: Scope,
  { period, drafted }: { period: Period; drafted: readonly Period[] },
): Promise<CorrectionLines[]> => {
  const rows = await database.read(
    scope,
    sql<Row>`
      select i.customer_id, i.customer_name, l.source_key, coalesce(l.rated ->> 'description', l.description) as description,
        coalesce((l.rated ->> 'quantityE6')::bigint, l.quantity_e6) as quantity_e6,
        coalesce((l.rated ->> 'unitPriceE8')::bigint, l.unit_price_e8) as unit_price_e8,
        coalesce((l.rated ->> 'amountMinor')::bigint, l.amount_minor) as amount_minor,
        l.cost_minor, l.explanation, l.corrects, l.corrects_period
      from billing.invoices i join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
      where i.status = 'draft' and i.period_start = ${period.start}
        and l.corrects_period <> all (${drafted.map(({ start }) => start)}::date[])
      order by i.customer_id, l.source_key`,
  );
  return rows.map((row) => ({
    customerId: row.customer_id,
    customerName: row.customer_name,
    lines: [lineOf(row)],
  }));
};
