import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { InvoiceKind, InvoiceStatus } from '../contract.ts';
import type { PostingBefore } from '../posting/posting-row.ts';
import type { Voiding } from './contract.ts';
import { entryColumns, postedColumns, type EntryRow, type PostedSale } from './entry-row.ts';

interface BookedInvoice {
  id: string;
  kind: InvoiceKind;
  status: InvoiceStatus;
  customer_name: string;
  period_start: string;
  currency: string;
  total_minor: bigint;
}

interface VoidingRow {
  state: Voiding['state'];
  reason: string;
  detail: string | null;
  updated_at: string;
}

/** An invoice with what it is in QuickBooks, as far as it is there and somebody has looked. */
export interface BookEntryRow {
  invoice: BookedInvoice;
  posted: PostedSale | undefined;
  entry: EntryRow | undefined;
  /** The newest. */
  voiding: VoidingRow | undefined;
}

const invoiceOf = (id: string) => sql<BookedInvoice>`
  select id, kind, status, customer_name, period_start, currency, total_minor from billing.invoices where id = ${id}`;
const postedOf = (id: string) => sql<PostedSale>`
  select ${postedColumns} from billing.postings p join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
  where p.invoice_id = ${id} and p.state = 'posted'`;
const entryOf = (id: string) => sql<EntryRow>`
  select ${entryColumns} from billing.book_entries b join billing.postings p on p.tenant_id = b.tenant_id and p.id = b.posting_id
  where b.invoice_id = ${id} and p.state = 'posted'`;
const voidingOf = (id: string) => sql<VoidingRow>`
  select state, reason, detail, updated_at from billing.voidings where invoice_id = ${id} order by id desc limit 1`;

export interface BookEntryStore {
  /** Undefined where there is no such invoice. */
  get(scope: Scope, invoiceId: string): Promise<BookEntryRow | undefined>;
}

export const bookEntryStore = (database: TenantDatabase): BookEntryStore => ({
  get: async (scope, id) => {
    const [invoices, posted, entries, voidings] = await database.readAll<
      [BookedInvoice, PostedSale, EntryRow, VoidingRow]
    >(scope, [invoiceOf(id), postedOf(id), entryOf(id), voidingOf(id)]);
    const [invoice] = invoices;
    return invoice && { invoice, posted: posted[0], entry: entries[0], voiding: voidings[0] };
  },
});

/** The same inside a transaction, with the invoice locked against everyone else's change. */
export const lockEntry = async (transaction: Transaction, id: string): Promise<BookEntryRow | undefined> => {
  const locked = await transaction.row(sql`select id from billing.invoices where id = ${id} for update`);
  if (!locked) return undefined;
  return {
    invoice: await transaction.one(invoiceOf(id)),
    posted: await transaction.row(postedOf(id)),
    entry: await transaction.row(entryOf(id)),
    voiding: await transaction.row(voidingOf(id)),
  };
};

/** It is right as it is in QuickBooks now; whatever was told of it waits for nobody any more. */
export const accept = async (
  transaction: Transaction,
  { postingId, seen, memberId }: { postingId: string; seen: string; memberId: string },
): Promise<void> => {
  await transaction.change(sql`
    update billing.book_entries set accepted = ${seen}, accepted_by = ${memberId}, accepted_at = now()
    where posting_id = ${postingId}`);
};

/** The newest try, after which another one is asked for. */
export const newestPosting = (transaction: Transaction, invoiceId: string): Promise<PostingBefore> =>
  transaction.one(sql<PostingBefore>`
    select generation, doc_number, code from billing.postings where invoice_id = ${invoiceId}
    order by generation desc limit 1`);

export const setPosting = (transaction: Transaction, invoiceId: string): Promise<number> =>
  transaction.change(sql`update billing.invoices set status = 'posting' where id = ${invoiceId}`);

/** What a person has settled is told no more. */
export const resolveSubject = async (transaction: Transaction, subject: string): Promise<void> => {
  await transaction.change(sql`
    update billing.exceptions set resolved_at = now() where resolved_at is null and subject_key = ${subject}`);
};
