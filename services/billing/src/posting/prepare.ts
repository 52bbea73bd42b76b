import type { Scope } from '@legendops/kit/db/tenant-database';
import { quickBooksCustomerOf } from '../link/customer-of.ts';
import type { KnownLinks } from '../link/known-links.ts';
import { isNeeded, type Needs } from '../link/needs.ts';
import { asksForTaxCode, lineRulesFor, termsFor } from '../link/sale-rules.ts';
import { isInTheUs, type BookFacts } from '../quickbooks/book-facts.ts';
import type { OutgoingSale } from '../quickbooks/sale.ts';
import type { TenantAccount } from '../quickbooks/tenant-accounts.ts';
import { amountText, priceText, quantityText } from '../rating/currency.ts';
import { addDays } from '../rating/period.ts';
import type { ClaimedPosting } from './claimed-posting.ts';
import { customerLine } from './customer-line.ts';
import { dueOn } from './due-date.ts';
import { fitLines } from './fit-lines.ts';
import { keyedLine, type PostedLine } from './posted-lines.ts';

export interface Preparing {
  links: KnownLinks;
  scope: Scope;
  posting: ClaimedPosting;
  connected: TenantAccount;
  lines: readonly PostedLine[];
  /** The day on which it is posted. */
  today: string;
}

const later = (one: string, other: string): string => (one > other ? one : other);

/** The date that the provider has chosen for invoices; a day that the books have closed is asked about, or moved. */
const dateOf = async (
  { links, scope, posting, connected, today }: Preparing,
  { closedThrough }: BookFacts,
): Promise<string | Needs> => {
  const { invoiceDate, closedBooks } = await links.choices(scope, connected.realmId);
  const wanted = invoiceDate === 'posting-day' ? today : addDays(posting.period_end, -1);
  if (closedThrough === undefined || wanted > closedThrough) return wanted;
  const firstOpen = addDays(closedThrough, 1);
  if (closedBooks === 'first-open-day') return firstOpen;
  return {
    is: 'needed',
    of: 'books',
    what: 'date',
    detail: `The books are closed through ${closedThrough}, and an invoice is of ${wanted}`,
    nextStep: `Take the first open day (${firstOpen}) and press “Save dates” under “Links”, or open the books and press “Post to QuickBooks”`,
  };
};

/** Never due before it is sent. Null where QuickBooks counts it: nobody knows how. */
const dueDateOf = async (
  { connected, today }: Preparing,
  date: string,
  termsId: string | undefined,
): Promise<string | null> => {
  if (termsId === undefined) return later(date, today);
  const terms = (await connected.books.terms()).find(({ id }) => id === termsId);
  const due = terms && dueOn(date, terms);
  return due === undefined ? null : later(due, today);
};

/** The invoice or credit memo as it is to be sent; or what a person has to say before it can be. */
export const prepare = async (preparing: Preparing): Promise<OutgoingSale | Needs> => {
  const { links, scope, posting, connected, lines } = preparing;
  const facts = await connected.books.facts();
  const date = await dateOf(preparing, facts);
  if (typeof date !== 'string') return date;
  const currency = facts.multiCurrency ? posting.currency : null;
  const customer = { id: posting.customer_id, name: posting.customer_name };
  const customerId = await quickBooksCustomerOf({ links, scope, connected, customer, currency });
  if (typeof customerId !== 'string') return customerId;
  const rules = await links.rules(scope, connected.realmId);
  const productIds = lines.map(({ product_id }) => product_id);
  const ofProduct = await lineRulesFor(
    { links, scope, connected, rules },
    { customerId: posting.customer_id, productIds },
  );
  if (isNeeded(ofProduct)) return ofProduct;
  const sold = lines.map((line) => {
    const lineRules = ofProduct.get(line.product_id);
    if (!lineRules) throw new Error('A line has no rules');
    return {
      ...lineRules,
      ...customerLine(keyedLine(line, posting.kind), posting.currency),
      productId: line.product_id,
    };
  });
  // Nothing of a credit memo falls due: it takes neither a date for that nor terms.
  const isInvoice = posting.kind === 'invoice';
  const termsId = isInvoice ? termsFor(rules, posting.customer_id) : undefined;
  return {
    customerId,
    docNumber: posting.doc_number,
    date,
    dueDate: isInvoice ? await dueDateOf(preparing, date, termsId) : null,
    termsId: termsId ?? null,
    currency,
    fingerprint: posting.invoice_id,
    isTaxExcluded: asksForTaxCode(facts) && !isInTheUs(facts),
    lines: fitLines(sold).map(({ description, quantityE6, unitPriceE8, amountMinor, itemId, taxCode }) => ({
      description,
      quantity: quantityText(quantityE6),
      unitPrice: priceText(unitPriceE8, posting.currency),
      amount: amountText(amountMinor, posting.currency),
      itemId,
      taxCode,
    })),
  };
};
