import { createHash } from 'node:crypto';
import type { Draft, DraftLine } from './rating-values.ts';

/**
 * How an amount came about and what the rating says beside it, which no customer is sent; what a line corrects is in its key. All else of a line is approved: a
 * field that is new there is hashed.
 */
type ApprovedLine = Omit<DraftLine, 'costMinor' | 'share' | 'ruleId' | 'corrects' | 'rated' | 'steps'>;

/** What a person approves, of a draft to be written or of one that is. */
export interface Content extends Omit<Draft, 'lines'> {
  lines: readonly ApprovedLine[];
}

// Each is held to name every field; the order of the names is that of what is hashed.
type Parts = Record<keyof Content | 'currency', unknown>;
type LineParts = Record<keyof ApprovedLine, string>;

const linePartsOf = ({ sourceKey, description, quantityE6, unitPriceE8, amountMinor }: ApprovedLine): LineParts => ({
  sourceKey,
  description,
  quantityE6: quantityE6.toString(),
  unitPriceE8: unitPriceE8.toString(),
  amountMinor: amountMinor.toString(),
});

/** Stands for everything that a person approves: customer, currency and each line's words and numbers. */
export const contentHash = ({ customerId, customerName, lines, totalMinor }: Content, currency: string): string => {
  const parts: Parts = {
    customerId,
    customerName,
    currency,
    totalMinor: totalMinor.toString(),
    lines: lines.map((line) => Object.values(linePartsOf(line))),
  };
  return createHash('sha256')
    .update(JSON.stringify(Object.values(parts)))
    .digest('base64url');
};
