import { describe, expect, it } from 'vitest';
import { rounded } from './fraction.ts';
import { monthOf } from './period.ts';
import { sharesOf, type Proration } from './proration.ts';

const of100 = (from: string, to: string, proration: Proration): bigint => {
  const [share] = sharesOf([{ from, to }], monthOf(from), proration);
  if (!share) throw new Error('One share was expected');
  return rounded({ numerator: 100_00n * BigInt(share.days), denominator: BigInt(share.of) });
};

describe('100.00 a month', () => {
  it.each<[string, string, string, bigint, bigint, bigint]>([
    ['from 15 January to its end', '2026-01-15', '2026-02-01', 54_84n, 56_67n, 53_33n],
    ['1 to 14 January', '2026-01-01', '2026-01-15', 45_16n, 46_67n, 46_67n],
    ['from 15 February', '2026-02-15', '2026-03-01', 50_00n, 46_67n, 53_33n],
    ['from 15 February of a leap year', '2028-02-15', '2028-03-01', 51_72n, 50_00n, 53_33n],
    ['the whole of January', '2026-01-01', '2026-02-01', 100_00n, 100_00n, 100_00n],
    ['the whole of February', '2026-02-01', '2026-03-01', 100_00n, 100_00n, 100_00n],
    ['31 January alone', '2026-01-31', '2026-02-01', 3_23n, 3_33n, 3_33n],
  ])('%s, by actual days, by 30 and by 30/360', (_title, from, to, actual, thirty, thirty360) => {
    expect([of100(from, to, 'actual'), of100(from, to, 'thirty-actual'), of100(from, to, 'thirty-360')]).toEqual([
      actual,
      thirty,
      thirty360,
    ]);
  });
});

it('a month that is cut by a change is its whole price, by any count of days', () => {
  const stretches = [
    { from: '2026-01-01', to: '2026-01-15' },
    { from: '2026-01-15', to: '2026-02-01' },
  ];
  for (const proration of ['actual', 'thirty-actual', 'thirty-360'] as const)
    expect(sharesOf(stretches, monthOf('2026-01-01'), proration)).toEqual([
      { days: 14, of: 31 },
      { days: 17, of: 31 },
    ]);
});
