import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft, DraftLine } from '../rating/rating-values.ts';
import { edited, isKept, isOwn, ownKey, withEdits } from './line-edits.ts';

const line = (more: Partial<DraftLine> = {}): DraftLine => ({
  sourceKey: 'subscription:one',
  description: '17 of 31 days of 5 × Business Premium',
  quantityE6: 5_000_000n,
  unitPriceE8: 200_000_000_000n,
  amountMinor: 5_484n,
  costMinor: 4_000n,
  share: { days: 17, of: 31 },
  ruleId: 'rule',
  steps: () => ['once'],
  ...more,
});
const draft = (lines: DraftLine[]): Draft => ({
  customerId: 'c',
  customerName: 'Fabrikam',
  lines,
  totalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
});
const asRated = { description: null, quantityE6: null, unitPriceE8: null };

describe('what persons change of a draft', () => {
  it('keeps what the rating says beside it, and adds up anew', () => {
    const edit = { ...asRated, sourceKey: 'subscription:one', quantityE6: 4_000_000n };
    const { lines, totalMinor } = withEdits(draft([line(), line({ sourceKey: 'two', amountMinor: 100n })]), [edit]);
    // 4 × 20.00, whatever share of the month was billed before.
    expect(lines[0]).toMatchObject({
      quantityE6: 4_000_000n,
      amountMinor: 8_000n,
      costMinor: 4_000n,
      rated: { quantityE6: 5_000_000n, amountMinor: 5_484n },
    });
    expect(lines[1]).not.toHaveProperty('rated');
    expect(totalMinor).toBe(8_100n);
  });

  it('of the words alone leaves the amount as it is', () => {
    const { lines } = withEdits(draft([line()]), [{ ...asRated, sourceKey: 'subscription:one', description: 'Seats' }]);
    expect(lines[0]).toMatchObject({ description: 'Seats', amountMinor: 5_484n });
  });

  it('stays away with a thing that is not rated any more, and a line of their own stays', () => {
    const own = {
      sourceKey: ownKey('a'),
      description: 'Visit',
      quantityE6: 1_500_000n,
      unitPriceE8: 1_000_000_000_000n,
    };
    const { lines, totalMinor } = withEdits(draft([]), [
      { ...asRated, sourceKey: 'subscription:gone', quantityE6: 1n },
      own,
    ]);
    expect(lines).toMatchObject([{ description: 'Visit', amountMinor: 15_000n, costMinor: null }]);
    expect(lines.every(({ sourceKey }) => isOwn(sourceKey))).toBe(true);
    expect(totalMinor).toBe(15_000n);
  });

  it('done twice is done once', () => {
    const edit = { ...asRated, sourceKey: 'subscription:one', unitPriceE8: 100_000_000_000n };
    const again = withEdits(draft([line()]), [edit]);
    expect(withEdits(draft([line()]), [edit]).lines[0]?.amountMinor).toBe(again.lines[0]?.amountMinor);
  });

  it('is the exact mirror for a credit, and is kept or refused by its size', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 15n), 10n ** 15n),
        fc.bigInt(-(10n ** 17n), 10n ** 17n),
        (quantityE6, unitPriceE8) => {
          const rated = { description: '', quantityE6: 0n, unitPriceE8: 0n, amountMinor: 0n };
          const of = (q: bigint) =>
            edited(rated, { ...asRated, sourceKey: 'x', quantityE6: q, unitPriceE8 }).amountMinor;
          expect(of(-quantityE6)).toBe(-of(quantityE6));
          expect(isKept({ quantityE6, unitPriceE8 })).toBe(true);
        },
      ),
    );
    expect(isKept({ quantityE6: 10n ** 15n, unitPriceE8: 2n ** 63n - 1n })).toBe(false);
    expect(isKept({ quantityE6: 2n ** 63n, unitPriceE8: 0n })).toBe(false);
  });
});
