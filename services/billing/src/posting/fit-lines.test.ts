import { describe, expect, it } from 'vitest';
import { fitLines } from './fit-lines.ts';

const line = (n: number, more: object = {}) => ({
  description: `Thing ${n}`,
  quantityE6: 1_000_000n,
  unitPriceE8: BigInt(n) * 100_000_000n,
  amountMinor: BigInt(n),
  itemId: '1',
  taxCode: 'NON',
  productId: `p${n}`,
  ...more,
});
const lines = (count: number, more: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) => line(n + 1, more(n + 1)));
const totalOf = (some: readonly { amountMinor: bigint }[]) =>
  some.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

describe('the lines of an invoice', () => {
  it('stay as they are while QuickBooks takes as many', () => {
    expect(fitLines(lines(750))).toHaveLength(750);
    expect(fitLines(lines(750))[0]).toEqual({
      description: 'Thing 1',
      quantityE6: 1_000_000n,
      unitPriceE8: 100_000_000n,
      amountMinor: 1n,
      itemId: '1',
      taxCode: 'NON',
    });
  });

  it('of one product become one where they are too many, and say so', () => {
    const fitted = fitLines(lines(1_000, (n) => ({ productId: n <= 600 ? 'cloud' : `p${n}` })));
    expect(fitted).toHaveLength(401);
    expect(fitted[0]?.description).toBe('Thing 1 and 599 more of this product');
    expect(totalOf(fitted)).toBe(totalOf(lines(1_000)));
  });

  it('that are still too many: the smallest are put together, by what is taxed alike', () => {
    const many = lines(2_000, (n) => ({ taxCode: n % 2 === 0 ? 'TAX' : 'NON' }));
    const fitted = fitLines(many);
    expect(fitted).toHaveLength(750);
    for (const code of ['TAX', 'NON'])
      expect(totalOf(fitted.filter(({ taxCode }) => taxCode === code))).toBe(
        totalOf(many.filter(({ taxCode }) => taxCode === code)),
      );
    expect(fitted.at(-1)?.description).toMatch(/^626 smaller amounts together/);
  });
});
