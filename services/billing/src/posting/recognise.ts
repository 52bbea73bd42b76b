import { minorDigits } from '@legendops/kit/contract/currency';
import type { QuickBooksInvoice } from '../quickbooks/quickbooks-account.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { ClaimedPosting } from './claimed-posting.ts';

/** What stands in QuickBooks under one of our numbers: this invoice, this one changed by a person, or somebody else's. */
export type Recognised = { is: 'ours' | 'changed' | 'foreign'; quickBooksInvoice: QuickBooksInvoice };

export const sameTotal = ({ total_minor, currency }: ClaimedPosting, quickBooksInvoice: QuickBooksInvoice): boolean =>
  parseScaled(quickBooksInvoice.total, minorDigits(currency)) === total_minor;

/**
 * Finds this invoice among those that have one of its numbers. Its note names it; where a person has edited the note away,
 * the customer does. A new number is taken only when neither can be: a second invoice is worse than one that waits.
 */
export const recognise = (
  posting: ClaimedPosting,
  quickBooksInvoices: readonly QuickBooksInvoice[],
  quickBooksCustomerId: string | undefined,
): Recognised | undefined => {
  const named = quickBooksInvoices.find(({ fingerprint }) => fingerprint === posting.invoice_id);
  if (named) return { is: 'ours', quickBooksInvoice: named };
  const unnamed = quickBooksInvoices.filter(
    ({ fingerprint, customerId }) =>
      fingerprint === '' && customerId !== undefined && customerId === quickBooksCustomerId,
  );
  const equal = unnamed.find((quickBooksInvoice) => sameTotal(posting, quickBooksInvoice));
  if (equal) return { is: 'ours', quickBooksInvoice: equal };
  const [changed] = unnamed;
  if (changed) return { is: 'changed', quickBooksInvoice: changed };
  const foreign = quickBooksInvoices.find(({ docNumber }) => docNumber === posting.doc_number);
  return foreign && { is: 'foreign', quickBooksInvoice: foreign };
};
