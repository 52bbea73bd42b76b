import { billableSegments, type Billable } from './billable-segments.ts';
import { addMonths, contains, isAfterInvoices, latest, monthOf, type Period } from './period.ts';
import type { RatingInput, SubscriptionVersion } from './rating-values.ts';

/**
 * The day on which a subscription was listed, where that may have been too late: what Pax8 listed when it was looked at
 * first, and what was there before days were written down, was not.
 */
export const lateListings = (subscriptions: readonly SubscriptionVersion[]): Map<string, string> => {
  const byId = new Map<string, string>();
  let first: string | undefined;
  for (const { id, listedOn } of subscriptions) {
    first = listedOn === null ? '' : first === undefined || listedOn < first ? listedOn : first;
    if (listedOn !== null) byId.set(id, listedOn);
  }
  for (const [id, listedOn] of byId) if (listedOn <= (first ?? '')) byId.delete(id);
  return byId;
};

/** What the months that were over would have billed of a subscription, told in the month in which it was listed. */
export const missedBefore = (
  versions: readonly SubscriptionVersion[],
  { period, firstPeriod }: Pick<RatingInput, 'period' | 'firstPeriod'>,
  listedOn: string,
): { period: Period; billable: Billable }[] => {
  const [first] = versions;
  if (!first || firstPeriod === null || !contains(period, listedOn)) return [];
  const missed: { period: Period; billable: Billable }[] = [];
  for (
    let month = monthOf(latest(firstPeriod, first.startDate));
    isAfterInvoices(month, listedOn);
    month = monthOf(addMonths(month.start, 1))
  )
    missed.push({ period: month, billable: billableSegments(versions, month) });
  return missed;
};
