import { minorDigits } from '@legendops/kit/contract/currency';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import { parseScaled } from '../rating/decimal.ts';
import { entryColumns, type EntryRow, type PostedSale } from './entry-row.ts';

/** One document of ours as it was seen; `sale` is undefined where it is deleted. */
export interface SeenEntry {
  posted: PostedSale;
  sale: QuickBooksSale | undefined;
}

const minorIn =
  (currency: string) =>
  (text: string): bigint =>
    parseScaled(text, minorDigits(currency));

/** What is compared of a document, as it is there at this moment. */
export const entryOfSale = (sale: QuickBooksSale, { currency }: Pick<PostedSale, 'currency'>) => {
  const minor = minorIn(currency);
  return {
    state: sale.isVoided ? ('voided' as const) : ('there' as const),
    doc_number: sale.docNumber,
    remote_customer_id: sale.customerId ?? null,
    currency: sale.currency ?? null,
    total_minor: minor(sale.total),
    tax_minor: minor(sale.tax),
    open_minor: sale.balance === undefined ? null : minor(sale.balance),
    line_minors: sale.lines.map((amount) => minor(amount).toString()),
  };
};

const rowOf = ({ posted, sale }: SeenEntry) => {
  const base = { posting_id: posted.postingId, invoice_id: posted.invoiceId };
  if (!sale)
    return {
      ...base,
      state: 'deleted',
      doc_number: posted.docNumber,
      total_minor: '0',
      tax_minor: '0',
      sync_token: '0',
    };
  const { total_minor: total, tax_minor: tax, open_minor: open, ...entry } = entryOfSale(sale, posted);
  return {
    ...base,
    ...entry,
    total_minor: total.toString(),
    tax_minor: tax.toString(),
    open_minor: open === null ? null : open.toString(),
    due_on: sale.dueDate ?? null,
    sync_token: /^\d{1,18}$/.test(sale.syncToken) ? sale.syncToken : '0',
  };
};

/**
 * Writes down what was seen, and returns how all of them stand then: what another look has seen later, or a person accepted,
 * stays. Each change gives another SyncToken, so looks may come in any order and twice; what is deleted never comes back.
 */
export const recordEntries = async (
  transaction: Transaction,
  { tenantId }: Scope,
  { seen, at }: { seen: readonly SeenEntry[]; at: Date },
): Promise<Map<string, EntryRow>> => {
  if (seen.length === 0) return new Map();
  await transaction.change(sql`
    insert into billing.book_entries as b (tenant_id, posting_id, invoice_id, state, doc_number, remote_customer_id, currency,
      total_minor, tax_minor, open_minor, line_minors, due_on, sync_token, seen_at)
    select ${tenantId}::uuid, r.*, ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${jsonValue(seen.map(rowOf))}::jsonb) r (posting_id uuid, invoice_id uuid, state text, doc_number text,
      remote_customer_id text, currency text, total_minor bigint, tax_minor bigint, open_minor bigint, line_minors bigint[],
      due_on date, sync_token bigint)
    order by r.posting_id
    on conflict (tenant_id, posting_id) do update set state = excluded.state, doc_number = excluded.doc_number,
      remote_customer_id = excluded.remote_customer_id, currency = excluded.currency, total_minor = excluded.total_minor,
      tax_minor = excluded.tax_minor, open_minor = excluded.open_minor, line_minors = excluded.line_minors,
      due_on = excluded.due_on, sync_token = excluded.sync_token, seen_at = excluded.seen_at
    where b.state <> 'deleted' and (excluded.state = 'deleted' or excluded.sync_token >= b.sync_token)`);
  const rows = await transaction.rows(sql<EntryRow>`
    select ${entryColumns} from billing.book_entries b
    where b.posting_id = any (${seen.map(({ posted }) => posted.postingId)}::uuid[])`);
  return new Map(rows.map((row) => [row.posting_id, row]));
};
