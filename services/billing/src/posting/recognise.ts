import { minorDigits } from '@legendops/kit/contract/currency';
import type { QuickBooksInvoice } from '../quickbooks/sent-invoice.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { ClaimedPosting } from './claimed-posting.ts';

/** What was sent is what is there, without the tax that QuickBooks adds. */
export const sameTotal = ({ total_minor, currency }: ClaimedPosting, { total, tax }: QuickBooksInvoice): boolean =>
  parseScaled(total, minorDigits(currency)) - parseScaled(tax, minorDigits(currency)) === total_minor;

const byId = (one: QuickBooksInvoice, other: QuickBooksInvoice): number =>
  one.id.length - other.id.length || one.id.localeCompare(other.id);

/**
 * Finds this invoice by its fingerprint, our invoice's id in the note, and by nothing else: whoever has our number, our total or
 * our customer may be the provider's own. A person who copies ours copies the fingerprint as well; the one with our number is
 * ours, or else the older one.
 */
export const recognise = (
  posting: ClaimedPosting,
  quickBooksInvoices: readonly QuickBooksInvoice[],
): QuickBooksInvoice | undefined => {
  const carrying = quickBooksInvoices.filter(({ fingerprint }) => fingerprint === posting.invoice_id).toSorted(byId);
  return carrying.find(({ docNumber }) => posting.doc_numbers.includes(docNumber)) ?? carrying[0];
};

/** What has one of this invoice's numbers and does not carry its fingerprint: somebody else's, or ours without its note. */
export const unmarkedHolder = (
  posting: ClaimedPosting,
  quickBooksInvoices: readonly QuickBooksInvoice[],
): QuickBooksInvoice | undefined =>
  quickBooksInvoices.find(
    ({ docNumber, fingerprint }) => fingerprint !== posting.invoice_id && docNumber === posting.doc_number,
  );
