import type { Edge } from '../relation/graph.ts';

export interface ListedPrice {
  amountMinor: bigint;
  validFrom: string;
}

export type PriceOfProduct =
  | { origin: 'own'; amountMinor: bigint; validFrom: string }
  | { origin: 'sum'; amountMinor: bigint }
  | { origin: 'none' };

/**
 * What a product costs by one list: its own price, or the sum of what it bundles. A bundle of which a part has no price has
 * none: it would be sold without that part being paid.
 */
export const priceOf = (
  productId: string,
  { prices, bundles }: { prices: ReadonlyMap<string, ListedPrice>; bundles: readonly Edge[] },
): PriceOfProduct => {
  const partsOf = Map.groupBy(bundles, ({ from }) => from);
  const find = (id: string): PriceOfProduct => {
    const own = prices.get(id);
    if (own !== undefined) return { origin: 'own', ...own };
    const parts = partsOf.get(id) ?? [];
    let sum = 0n;
    for (const { to, quantity } of parts) {
      const part = find(to);
      if (part.origin === 'none') return part;
      sum += part.amountMinor * BigInt(quantity);
    }
    return parts.length === 0 ? { origin: 'none' } : { origin: 'sum', amountMinor: sum };
  };
  return find(productId);
};
