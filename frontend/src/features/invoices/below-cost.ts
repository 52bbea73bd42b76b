import type { InvoiceLine } from '@legendops/billing/contract';

/** Whether a line brings less than it costs, as far as its cost is known. A credit takes back margin with its price. */
export const isBelowCost = ({ amountMinor, costMinor }: Pick<InvoiceLine, 'amountMinor' | 'costMinor'>): boolean =>
  costMinor !== null && BigInt(costMinor) > 0n && BigInt(amountMinor) < BigInt(costMinor);

/** What the lines below their cost lose together, in minor units; undefined where there is none. */
export const lossOf = (lines: readonly Pick<InvoiceLine, 'amountMinor' | 'costMinor'>[]): string | undefined => {
  const below = lines.filter(isBelowCost);
  if (below.length === 0) return undefined;
  return below
    .reduce((sum, { amountMinor, costMinor }) => sum + BigInt(costMinor ?? 0) - BigInt(amountMinor), 0n)
    .toString();
};
