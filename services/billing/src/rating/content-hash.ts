import { createHash } from 'node:crypto';
import type { Draft, DraftLine } from './rating-values.ts';

/** What a person approves, of a draft to be written or of one that is. */
export interface Content extends Pick<Draft, 'customerId' | 'customerName' | 'totalMinor'> {
  lines: readonly Pick<DraftLine, 'sourceKey' | 'description' | 'quantityE6' | 'unitPriceE8' | 'amountMinor'>[];
}

/** Stands for everything that a person approves: customer, currency and each line's words and numbers. */
export const contentHash = ({ customerId, customerName, lines, totalMinor }: Content, currency: string): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        customerId,
        customerName,
        currency,
        totalMinor.toString(),
        lines.map(({ sourceKey, description, quantityE6, unitPriceE8, amountMinor }) => [
          sourceKey,
          description,
          quantityE6.toString(),
          unitPriceE8.toString(),
          amountMinor.toString(),
        ]),
      ]),
    )
    .digest('base64url');
