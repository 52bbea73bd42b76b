import { describe, expect, it } from 'vitest';
import { priceOf, type ListedPrice } from './bundle-price.ts';

const since = '2026-01-01';
const listed = (prices: Record<string, bigint>): ReadonlyMap<string, ListedPrice> =>
  new Map(Object.entries(prices).map(([id, amountMinor]) => [id, { amountMinor, validFrom: since }]));
const bundles = [
  { from: 'kit', to: 'switch', quantity: 2 },
  { from: 'kit', to: 'cords', quantity: 1 },
  { from: 'cords', to: 'cord', quantity: 24 },
];

describe('the price of a product', () => {
  it('is its own, also where it is a bundle', () => {
    const prices = listed({ kit: 99_900n, switch: 50_000n, cord: 150n });
    expect(priceOf('kit', { prices, bundles })).toEqual({ origin: 'own', amountMinor: 99_900n, validFrom: since });
  });

  it('is else the sum of its parts, bundles in bundles included', () => {
    expect(priceOf('kit', { prices: listed({ switch: 50_000n, cord: 150n }), bundles })).toEqual({
      origin: 'sum',
      amountMinor: 103_600n,
    });
    expect(priceOf('kit', { prices: listed({ switch: 50_000n, cords: 3_000n, cord: 150n }), bundles })).toEqual({
      origin: 'sum',
      amountMinor: 103_000n,
    });
  });

  it('is none where a part has none, and a price of nothing is a price', () => {
    expect(priceOf('kit', { prices: listed({ switch: 50_000n }), bundles })).toEqual({ origin: 'none' });
    expect(priceOf('lone', { prices: listed({}), bundles })).toEqual({ origin: 'none' });
    expect(priceOf('kit', { prices: listed({ switch: 0n, cord: 0n }), bundles })).toEqual({
      origin: 'sum',
      amountMinor: 0n,
    });
  });
});
