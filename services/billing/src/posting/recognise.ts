import { minorDigits } from '@legendops/kit/contract/currency';
import { heldMinor } from '../invoice/kind-words.ts';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { ClaimedPosting } from './claimed-posting.ts';

/** What was sent is what is there, without the tax that QuickBooks adds. */
export const sameTotal = (
  { kind, total_minor: totalMinor, currency }: ClaimedPosting,
  { total, tax }: QuickBooksSale,
): boolean =>
  parseScaled(total, minorDigits(currency)) - parseScaled(tax, minorDigits(currency)) ===
  heldMinor({ kind, totalMinor });

const byId = (one: QuickBooksSale, other: QuickBooksSale): number =>
  one.id.length - other.id.length || one.id.localeCompare(other.id);

/**
 * Finds this invoice by its fingerprint, our invoice's id in the note, and by nothing else: whoever has our number, our total or
 * our customer may be the provider's own. A person who copies ours copies the fingerprint as well; the one with our number is
 * ours, or else the older one. What it was once and is void there is never taken for it.
 */
export const recognise = (posting: ClaimedPosting, sales: readonly QuickBooksSale[]): QuickBooksSale | undefined => {
  const carrying = sales
    .filter(({ id, fingerprint }) => fingerprint === posting.invoice_id && !posting.void_ids.includes(id))
    .toSorted(byId);
  return carrying.find(({ docNumber }) => posting.doc_numbers.includes(docNumber)) ?? carrying[0];
};

/** What has one of this invoice's numbers and does not carry its fingerprint: somebody else's, or ours without its note. */
export const unmarkedHolder = (posting: ClaimedPosting, sales: readonly QuickBooksSale[]): QuickBooksSale | undefined =>
  sales.find(({ docNumber, fingerprint }) => fingerprint !== posting.invoice_id && docNumber === posting.doc_number);
