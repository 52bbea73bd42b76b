import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { customerLine, type KeyedLine } from './customer-line.ts';

const line = (more: Partial<KeyedLine> = {}): KeyedLine => ({
  sourceKey: 'subscription:0190f000-0000-7000-8000-00000000000a:2026-01-01',
  description: 'Business Premium, monthly',
  quantityE6: 5_000_000n,
  unitPriceE8: 200_000_000_000n,
  amountMinor: 10_000n,
  ...more,
});
const words = (more: Partial<KeyedLine>) => customerLine(line(more), 'USD').description;

describe('a line as a customer reads it', () => {
  it('says its month, and how many at what price where that is exactly the amount', () => {
    expect(customerLine(line(), 'USD')).toEqual({
      description: 'Business Premium, monthly, January 2026',
      quantityE6: 5_000_000n,
      unitPriceE8: 200_000_000_000n,
      amountMinor: 10_000n,
    });
  });

  it('that is a part of a month is one of its amount, and tells of what it is a part', () => {
    const part = { description: 'Business Premium, monthly, 2026-03-16 to 2026-03-31', amountMinor: 5_161n };
    expect(customerLine(line(part), 'USD')).toEqual({
      description: '5 at 20.00 × Business Premium, monthly, 2026-03-16 to 2026-03-31',
      quantityE6: 1_000_000n,
      unitPriceE8: 516_100_000_000n,
      amountMinor: 5_161n,
    });
  });

  test.each([
    [
      'a term',
      { sourceKey: 'subscription:a:term:2026-01-20', description: 'Backup, 3-year' },
      'Backup, 3-year, from 2026-01-20',
    ],
    [
      'usage',
      { sourceKey: 'usage:s:p:rg:Hours:USD:c:2026-01-01', description: 'Compute, rg' },
      'Compute, rg, January 2026',
    ],
    [
      'usage since a new price',
      { sourceKey: 'usage:s:p:rg:Hours:USD:c:2026-01-01:2026-01-15', description: 'Compute' },
      'Compute, January 2026',
    ],
    [
      'a correction',
      { sourceKey: 'correction:2026-01-01:c:1:usage:s', description: 'Correction of January 2026: Compute' },
      'Correction of January 2026: Compute',
    ],
    ['a line of a person’s own', { sourceKey: 'manual:a', description: 'Visit' }, 'Visit'],
  ])('%s says when it is for', (_, more, expected) => {
    expect(words(more)).toBe(expected);
  });

  it('whose price is an average tells how many, and no price that nobody has agreed', () => {
    expect(words({ quantityE6: 1_728_912_000n, unitPriceE8: 1_537_498_728n, amountMinor: 26_582n })).toBe(
      '1728.912 × Business Premium, monthly, January 2026',
    );
  });

  it('always comes to its amount, in digits that QuickBooks keeps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('USD', 'JPY', 'KWD'),
        fc.bigInt(-(10n ** 9n), 10n ** 9n),
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.bigInt(-(10n ** 9n), 10n ** 9n),
        (currency, quantityE6, unitPriceE8, amountMinor) => {
          const shown = customerLine(line({ quantityE6, unitPriceE8, amountMinor }), currency);
          expect(shown.quantityE6 * shown.unitPriceE8).toBe(amountMinor * 10n ** 14n);
          expect(shown.amountMinor).toBe(amountMinor);
        },
      ),
    );
  });
});
