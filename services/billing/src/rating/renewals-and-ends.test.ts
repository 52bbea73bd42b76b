import { describe, expect, it } from 'vitest';
import { history, months, told, type Month } from '../testing/rated-months.ts';
import { aRule, fixed, usd } from '../testing/rating-builders.ts';
import type { SubscriptionVersion } from './rating-values.ts';

const annual = { billingTerm: 'Annual' };

describe('a renewal', () => {
  const january = (subscriptions: SubscriptionVersion[], rules = [fixed('264.00')]) => {
    const { amounts, codes } = months(subscriptions, rules)[1] as Month;
    return [amounts.map(([, amount]) => amount), codes];
  };

  it('has the seats and the cost that the night after it shows', () => {
    expect(
      january(
        history(
          { ...annual, quantityE6: 10_000_000n, effectiveFrom: '2025-01-10' },
          { ...annual, quantityE6: 12_000_000n, startDate: '2026-01-10', effectiveFrom: '2026-01-11' },
        ),
      ),
    ).toEqual([[12n * 264_00n], []]);
    expect(
      january(
        history(
          { ...annual, costE8: usd('200'), effectiveFrom: '2025-01-10' },
          { ...annual, costE8: usd('240'), effectiveFrom: '2026-01-11' },
        ),
        [aRule()],
      ),
    ).toEqual([[300_00n], []]);
  });

  it('has seats that were seen later for the rest of the term, also with a start that moved', () => {
    expect(
      january(
        history(
          { ...annual, quantityE6: 10_000_000n, effectiveFrom: '2025-01-10' },
          { ...annual, quantityE6: 12_000_000n, startDate: '2026-01-10', effectiveFrom: '2026-01-13' },
        ),
      ),
    ).toEqual([[10n * 264_00n, 523_66n], []]);
  });
});

describe('an end', () => {
  it('is the version’s own where it says one: what was restored later tells no missing end', () => {
    const restored = history(
      { effectiveFrom: '2025-01-10' },
      { status: 'Cancelled', endDate: '2026-01-10', effectiveFrom: '2026-01-11' },
      { effectiveFrom: '2026-02-15' },
    );
    expect(told(restored)).toEqual([]);
    // Ten days of January, fourteen of February.
    expect(months(restored).map(({ amounts }) => amounts[0]?.[1])).toEqual(
      expect.arrayContaining([85_16n, 132_00n, 264_00n]),
    );
  });

  it('that was taken back leaves the month whole', () => {
    const [, january] = months(
      history(
        { effectiveFrom: '2025-01-10' },
        { status: 'PendingCancel', endDate: '2026-01-25', effectiveFrom: '2026-01-20' },
        { effectiveFrom: '2026-02-10' },
      ),
    );
    expect(january?.amounts).toEqual([['subscription:s1:2026-01-01', 264_00n]]);
  });
});
