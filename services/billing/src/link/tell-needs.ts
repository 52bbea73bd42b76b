import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import type { Needs } from './needs.ts';

interface AskedInvoice {
  id: string;
  customerId: string;
  currency: string;
  totalMinor: bigint;
}

interface Asking {
  realmId: string;
  /** Whose invoice of how much it is about, where it is about one. */
  invoice?: AskedInvoice;
}

const linkCode: CodeOpenedBy<'posting'> = 'link.needed';
const booksCode: CodeOpenedBy<'posting'> = 'books.needed';
const secondBillerCode: CodeOpenedBy<'posting'> = 'invoice.superops-too';

// Of a customer in whichever currency: a person links all of them at once.
const ofCustomer = (realmId: string, customerId: string): string => `link:${realmId}:${customerId}`;
const ofInvoice = (invoiceId: string): string => `second-biller:${invoiceId}`;
const ofBooks = (realmId: string, what: Needs['what']): string => `books:${realmId}:${what}`;

/** Tells on the worklist what a posting waits for: once for a customer, once for what holds all of a company's. */
export const tellNeeds = async (
  transaction: Transaction,
  { tenantId }: Scope,
  { realmId, invoice }: Asking,
  { of, what, detail, nextStep }: Needs,
): Promise<void> => {
  const about = of === 'books' ? undefined : invoice;
  const [subject, code] = about
    ? of === 'invoice'
      ? [ofInvoice(about.id), secondBillerCode]
      : [ofCustomer(realmId, about.customerId), linkCode]
    : [ofBooks(realmId, what), booksCode];
  await transaction.change(sql`
    insert into billing.exceptions as e (tenant_id, subject_key, code, customer_id, invoice_id, detail, next_step,
      amount_minor, currency)
    values (${tenantId}, ${subject}, ${code}, ${about?.customerId ?? null}, ${of === 'invoice' ? (about?.id ?? null) : null},
      ${detail}, ${nextStep}, ${about?.totalMinor ?? null}, ${about?.currency ?? null})
    on conflict (tenant_id, subject_key, code, period) where resolved_at is null do update
      set detail = excluded.detail, next_step = excluded.next_step, amount_minor = excluded.amount_minor,
        currency = excluded.currency, dismissed_at = null, dismissed_by = null
      where (e.detail, e.next_step) is distinct from (excluded.detail, excluded.next_step)`);
};

const resolve = (code: string, subjects: readonly string[]) => sql`
  update billing.exceptions set resolved_at = now()
  where resolved_at is null and code = ${code} and subject_key = any (${subjects}::text[])`;

/** What a person has said is not asked any more. */
export const settleNeed = async (
  transaction: Transaction,
  { realmId, customerId, what }: { realmId: string; customerId: string | null; what: Needs['what'] },
): Promise<void> => {
  await transaction.change(
    what === 'customer'
      ? resolve(linkCode, customerId === null ? [] : [ofCustomer(realmId, customerId)])
      : resolve(booksCode, [ofBooks(realmId, what)]),
  );
};

/** An invoice that is posted, or taken back, asks no more who bills it. */
export const settleSecondBiller = async (transaction: Transaction, invoiceId: string): Promise<void> => {
  await transaction.change(resolve(secondBillerCode, [ofInvoice(invoiceId)]));
};

/** What is posted waits for nothing: neither its customer nor its company has anything left to say. */
export const settleNeeds = async (
  transaction: Transaction,
  { realmId, customerId, invoiceId }: { realmId: string; customerId: string; invoiceId: string },
): Promise<void> => {
  await transaction.change(resolve(linkCode, [ofCustomer(realmId, customerId)]));
  await settleSecondBiller(transaction, invoiceId);
  await transaction.change(
    resolve(
      booksCode,
      (['item', 'tax-code', 'date'] as const).map((what) => ofBooks(realmId, what)),
    ),
  );
};
