import { addMonths } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import type { SubscriptionVersion } from '../rating/rating-values.ts';
import { aSubscription, fixed, ratingInput } from './rating-builders.ts';

type Version = Partial<SubscriptionVersion> & { effectiveFrom: string };

/** Versions of one subscription of one seat since 10 January 2025, each until the next one unless it says otherwise. */
export const history = (...versions: Version[]): SubscriptionVersion[] =>
  versions.map((version, n) =>
    aSubscription({
      quantityE6: 1_000_000n,
      startDate: '2025-01-10',
      effectiveTo: versions[n + 1]?.effectiveFrom ?? null,
      ...version,
    }),
  );

export interface Month {
  month: string;
  amounts: [sourceKey: string, amountMinor: bigint][];
  codes: string[];
}

/** What the months from December 2025 to January 2027 bill of these versions, at 264.00 each. */
export const months = (subscriptions: SubscriptionVersion[], rules = [fixed('264.00')]): Month[] =>
  Array.from({ length: 14 }, (_, n) => {
    const start = addMonths('2025-12-01', n);
    const { drafts, exceptions } = rate(
      ratingInput({ period: { start, end: addMonths('2025-12-01', n + 1) }, subscriptions, rules }),
    );
    return {
      month: start.slice(0, 7),
      amounts: drafts.flatMap(({ lines }) =>
        lines.map(({ sourceKey, amountMinor }): [string, bigint] => [sourceKey, amountMinor]),
      ),
      codes: exceptions.map(({ code }) => code),
    };
  });

/** Every exception of these months. */
export const told = (subscriptions: SubscriptionVersion[]): string[] =>
  months(subscriptions).flatMap(({ month, codes }) => codes.map((code) => `${month} ${code}`));
