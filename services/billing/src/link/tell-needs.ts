import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import type { Needs } from './needs.ts';

interface Asking {
  realmId: string;
  /** Whose invoice of how much it is about, where it is about one. */
  invoice?: { customerId: string; currency: string; totalMinor: bigint };
}

const linkCode: CodeOpenedBy<'posting'> = 'link.needed';
const booksCode: CodeOpenedBy<'posting'> = 'books.needed';

// Of a customer in whichever currency: a person links all of them at once.
const ofCustomer = (realmId: string, customerId: string): string => `link:${realmId}:${customerId}`;
const ofBooks = (realmId: string, what: Needs['what']): string => `books:${realmId}:${what}`;

/** Tells on the worklist what a posting waits for: once for a customer, once for what holds all of a company's. */
export const tellNeeds = async (
  transaction: Transaction,
  { tenantId }: Scope,
  { realmId, invoice }: Asking,
  { of, what, detail, nextStep }: Needs,
): Promise<void> => {
  const one =
    of === 'customer' && invoice
      ? {
          subject: ofCustomer(realmId, invoice.customerId),
          code: linkCode,
          customerId: invoice.customerId,
          minor: invoice.totalMinor,
          currency: invoice.currency,
        }
      : { subject: ofBooks(realmId, what), code: booksCode, customerId: null, minor: null, currency: null };
  await transaction.change(sql`
    insert into billing.exceptions as e (tenant_id, subject_key, code, customer_id, detail, next_step, amount_minor, currency)
    values (${tenantId}, ${one.subject}, ${one.code}, ${one.customerId}, ${detail}, ${nextStep}, ${one.minor}, ${one.currency})
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

/** What is posted waits for nothing: neither its customer nor its company has anything left to say. */
export const settleNeeds = async (
  transaction: Transaction,
  { realmId, customerId }: { realmId: string; customerId: string },
): Promise<void> => {
  await transaction.change(resolve(linkCode, [ofCustomer(realmId, customerId)]));
  await transaction.change(
    resolve(
      booksCode,
      (['item', 'tax-code', 'date'] as const).map((what) => ofBooks(realmId, what)),
    ),
  );
};
