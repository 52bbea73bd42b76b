import { describe, expect, it } from 'vitest';
import { aRule, fixed, ratingInput, someUsage, usd } from '../testing/rating-builders.ts';
import { rate } from './rate.ts';
import type { PriceRuleValue, UsageTotal } from './rating-values.ts';

/** 200 units, 100 in each half of January: summed apart, since some price changes on the 16th. */
const halves = (first: Partial<UsageTotal> = {}, second: Partial<UsageTotal> = {}): UsageTotal[] => [
  someUsage({ from: '2026-01-01', quantityE6: 100_000_000n, partnerTotalE8: usd('10'), ...first }),
  someUsage({ from: '2026-01-16', quantityE6: 100_000_000n, partnerTotalE8: usd('10'), ...second }),
];
const rated = (rules: PriceRuleValue[], usage = halves()) => {
  const { drafts, exceptions } = rate(ratingInput({ rules, usage }));
  const lines = drafts.flatMap((draft) =>
    draft.lines.map(({ sourceKey, quantityE6, amountMinor }) => [
      sourceKey.split(':2026-01-01')[1],
      quantityE6 / 1_000_000n,
      amountMinor,
    ]),
  );
  return { lines, told: exceptions.map(({ code }) => code) };
};
const tiers = (first: string, above: string) => [
  { upToE6: 100_000_000n, unitPriceE8: usd(first), flatMinor: 0n },
  { upToE6: null, unitPriceE8: usd(above), flatMinor: 0n },
];
const ofKind = (kind: PriceRuleValue['kind'], more: Partial<PriceRuleValue>): PriceRuleValue =>
  aRule({ kind, markupPpm: null, currency: 'USD', billingTerm: 'usage', ...more });
const graduated = ofKind('graduated', { tiers: tiers('1.00', '0.10') });
const volume = ofKind('volume', { tiers: tiers('1.00', '0.10') });
const flat = ofKind('flat', { unitPriceE8: usd('50.00') });

describe("another customer's price that changes in the month", () => {
  const another = fixed('9.99', { id: 'another', customerId: 'another', validFrom: '2026-01-16' });

  it.each<[string, PriceRuleValue, bigint]>([
    ['graduated: 100 at 1.00 and 100 at 0.10', graduated, 110_00n],
    ['volume: 200 at 0.10', volume, 20_00n],
    ['flat: 50.00', flat, 50_00n],
    ['a markup: rounded once', aRule(), 25_00n],
  ])('leaves use one line, and its price what it is, %s', (_title, rule, amount) => {
    expect(rated([rule, another])).toEqual({ lines: [['', 200n, amount]], told: [] });
  });

  it('makes no line of use that was taken back', () => {
    const taken = halves({}, { quantityE6: -100_000_000n, partnerTotalE8: usd('-10') });
    expect(rated([aRule(), another], taken)).toEqual({ lines: [], told: [] });
  });
});

describe('a price of use that changes in the month', () => {
  const from16 = { id: 'later', validFrom: '2026-01-16' };

  it('that is flat is asked once: each price for its days', () => {
    // 50.00 × 15/31 + 60.00 × 16/31 = 55.16
    expect(rated([flat, { ...flat, ...from16, unitPriceE8: usd('60.00') }]).lines).toEqual([
      ['', 200n, 24_19n],
      [':2026-01-16', 200n, 30_97n],
    ]);
  });

  it('that has tiers reaches them by all that was used, then come the days', () => {
    // 110.00 × 15/31 + 220.00 × 16/31 = 166.77
    const amounts = rated([graduated, { ...graduated, ...from16, tiers: tiers('2.00', '0.20') }]).lines;
    expect(amounts).toEqual([
      ['', 200n, 53_22n],
      [':2026-01-16', 200n, 113_55n],
    ]);
  });

  it('that is a markup is asked of what each part of the month cost', () => {
    const used = halves({}, { partnerTotalE8: usd('30') });
    expect(rated([aRule(), aRule({ ...from16, markupPpm: 500_000 })], used).lines).toEqual([
      ['', 100n, 12_50n],
      [':2026-01-16', 100n, 45_00n],
    ]);
  });
});
