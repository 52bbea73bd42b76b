import { describe, expect, it } from 'vitest';
import { aRule, fixed, usd } from '../testing/rating-builders.ts';
import { rounded } from './fraction.ts';
import { exactPrice, unitPriceOf, type Quantified } from './price-model.ts';
import type { PriceRuleValue, PriceTier } from './rating-values.ts';

const units = (quantity: number | bigint, cost: string | null = null): Quantified => ({
  quantityE6: BigInt(quantity) * 1_000_000n,
  costE8: cost === null ? null : usd(cost),
});
const priced = (thing: Quantified, rule: PriceRuleValue): bigint => rounded(exactPrice(thing, rule));

const tier = (upTo: number | null, price: string, flatMinor = 0n): PriceTier => ({
  upToE6: upTo === null ? null : BigInt(upTo) * 1_000_000n,
  unitPriceE8: usd(price),
  flatMinor,
});
const tiered = (kind: 'volume' | 'graduated', ...tiers: PriceTier[]): PriceRuleValue =>
  aRule({ kind, markupPpm: null, tiers, currency: 'USD' });
const seats = [tier(10, '10.00'), tier(50, '8.00'), tier(null, '6.00')];

describe('tiers of 10.00 to 10, 8.00 to 50 and 6.00 above', () => {
  it.each<[number, bigint, bigint]>([
    [10, 100_00n, 100_00n],
    [11, 108_00n, 88_00n],
    [50, 420_00n, 400_00n],
    [51, 426_00n, 306_00n],
    [60, 480_00n, 360_00n],
    [0, 0n, 0n],
  ])('%i units, graduated and by volume', (quantity, graduated, volume) => {
    expect(priced(units(quantity), tiered('graduated', ...seats))).toBe(graduated);
    expect(priced(units(quantity), tiered('volume', ...seats))).toBe(volume);
  });

  it('the end of a tier belongs to it, the next millionth does not', () => {
    const more: Quantified = { quantityE6: 10_000_001n, costE8: null };
    expect(priced(more, tiered('volume', ...seats))).toBe(80_00n);
    expect(priced(more, tiered('graduated', ...seats))).toBe(100_00n);
  });

  it('a credit mirrors its charge', () => {
    for (const kind of ['volume', 'graduated'] as const)
      for (const quantity of [1, 10, 11, 51])
        expect(priced(units(-quantity), tiered(kind, ...seats))).toBe(-priced(units(quantity), tiered(kind, ...seats)));
  });
});

describe('published examples', () => {
  it.each<[string, number, PriceRuleValue, bigint]>([
    ['Lago, volume with a fee', 65_000, tiered('volume', tier(null, '0.0006', 10_00n)), 49_00n],
    [
      'Autumn, graduated',
      15_000,
      tiered('graduated', tier(1_000, '0.01'), tier(10_000, '0.008'), tier(null, '0.005')),
      107_00n,
    ],
    ['Lago, graduated', 250, tiered('graduated', tier(100, '1.00'), tier(200, '0.50'), tier(null, '0.10')), 155_00n],
  ])('%s', (_title, quantity, rule, expected) => expect(priced(units(quantity), rule)).toBe(expected));
});

describe('made of the cost', () => {
  const markup = (more: Partial<PriceRuleValue> = {}) => aRule({ markupPpm: 200_000, ...more });

  it.each<[string, Quantified, PriceRuleValue, bigint]>([
    ['a markup of 20 % on 12.34', units(1, '12.34'), markup(), 14_81n],
    [
      'a margin of 20 % of the price',
      units(1, '12.34'),
      aRule({ kind: 'margin', markupPpm: null, marginPpm: 200_000 }),
      15_43n,
    ],
    ['never less than 15.00', units(1, '12.34'), markup({ floorPriceE8: usd('15.00') }), 15_00n],
    ['never less than 3.00 above the cost', units(7, '86.38'), markup({ floorMarginE8: usd('3.00') }), 107_38n],
    ['seven, rounded once', units(7, '86.38'), markup(), 103_66n],
    ['seven, each rounded', units(7, '86.38'), markup({ rounding: 'unit' }), 103_67n],
    ['the cost is never rounded first', units(1, '86.456'), aRule({ markupPpm: 150_000 }), 99_42n],
    ['a tenth less', units(1, '100.00'), markup({ discountPpm: 100_000 }), 108_00n],
    [
      'a floor holds after a discount',
      units(1, '12.34'),
      markup({ discountPpm: 500_000, floorPriceE8: usd('13.00') }),
      13_00n,
    ],
    ['a credit has no floor', units(-1, '-12.34'), markup({ floorPriceE8: usd('15.00') }), -14_81n],
  ])('%s', (_title, thing, rule, expected) => expect(priced(thing, rule)).toBe(expected));
});

it('one price whatever the quantity, nothing for nothing, and free', () => {
  const flat = aRule({ kind: 'flat', markupPpm: null, unitPriceE8: usd('49.00'), currency: 'USD' });
  expect([1, 90, 0, -3].map((quantity) => priced(units(quantity), flat))).toEqual([49_00n, 49_00n, 0n, -49_00n]);
  expect(priced(units(5, '20.00'), aRule({ kind: 'free', markupPpm: null }))).toBe(0n);
});

it('the price of one unit is what it comes to', () => {
  const of = (thing: Quantified, rule: PriceRuleValue) => unitPriceOf(exactPrice(thing, rule), thing, rule);
  expect(of(units(12), tiered('graduated', ...seats))).toBe(usd('9.6666666667'));
  expect(of(units(-7, '-86.38'), aRule({ markupPpm: 200_000 }))).toBe(usd('14.808'));
  expect(of(units(0), fixed('22.00'))).toBe(usd('22.00'));
});
