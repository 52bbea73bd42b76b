import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByWeight } from './split.ts';

describe('a split by weight', () => {
  it.each<[bigint, bigint[], bigint[]]>([
    [10_000n, [1n, 1n, 1n], [3_334n, 3_333n, 3_333n]],
    [-10_000n, [1n, 1n, 1n], [-3_334n, -3_333n, -3_333n]],
    [5n, [1n, 1n, 1n], [2n, 2n, 1n]],
    [10_000n, [10n, 11n, 10n], [3_226n, 3_548n, 3_226n]],
    [1_000n, [50_00n, 30_00n, 19_99n], [500n, 300n, 200n]],
    [-10_000n, [-1n, -1n, -1n], [-3_334n, -3_333n, -3_333n]],
    [7n, [0n, 0n], [4n, 3n]],
    [0n, [], []],
  ])('%s by %s', (total, weights, expected) => {
    expect(splitByWeight(total, weights)).toEqual(expected);
  });

  it('neither makes nor loses a unit, and no part is off by one or more', () => {
    const weights = fc.array(fc.bigInt(0n, 10n ** 20n), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), weights, (total, list) => {
        const parts = splitByWeight(total, list);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
        const whole = list.reduce((sum, weight) => sum + weight, 0n);
        if (whole === 0n) return;
        for (const [index, weight] of list.entries()) {
          const off = (parts[index] ?? 0n) * whole - total * weight;
          expect(off < whole && off > -whole).toBe(true);
        }
      }),
    );
  });

  it('refuses charges and credits in one', () => {
    expect(() => splitByWeight(1n, [1n, -1n])).toThrow(RangeError);
  });
});
