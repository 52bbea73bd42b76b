import { monthsOf } from './billing-term.ts';
import { addDays, isStep, type Period } from './period.ts';
import type { SubscriptionVersion } from './rating-values.ts';

/** All that is known of one subscription: its versions in their order, and the period that is asked about. */
export interface Known {
  versions: readonly SubscriptionVersion[];
  period: Period;
}

const freeTerms = new Set(['Trial', 'Activation']);
const billedStatuses = new Set(['Active', 'PendingCancel', 'Cancelled', 'Activated']);
// Ordered, but not delivered; `Converted` is the ended half of a trial that became another subscription.
const freeStatuses = new Set([
  'PendingManual',
  'PendingAutomated',
  'WaitingForDetails',
  'PendingActivation',
  'Trial',
  'Converted',
]);

export const isFree = ({ status, billingTerm }: SubscriptionVersion): boolean =>
  freeStatuses.has(status) || freeTerms.has(billingTerm);

export const isTrial = ({ status, billingTerm }: SubscriptionVersion): boolean =>
  freeTerms.has(billingTerm) || status === 'Trial' || status === 'Converted';

export const isOfKnownStatus = ({ status }: SubscriptionVersion): boolean => billedStatuses.has(status);

// What was so before our first look at a subscription is not known: as it was then.
export const begins = ({ versions }: Known, version: SubscriptionVersion): string =>
  version === versions[0] ? version.startDate : version.effectiveFrom;

/**
 * Pax8 writes an end both ways. On a day on which a term would begin, or on the first of a month for what began on one, it
 * is the first day that is not delivered any more; on any other day the last one that is. Here it is always the former.
 */
export const dayAfter = (endDate: string, { startDate, billingTerm }: SubscriptionVersion): string => {
  const months = monthsOf(billingTerm) ?? 1;
  const isBoundary =
    months > 1
      ? isStep(endDate, startDate, months)
      : endDate > startDate && startDate.endsWith('-01') && endDate.endsWith('-01');
  return isBoundary ? endDate : addDays(endDate, 1);
};

// An end that is learnt later ends the earlier versions, too; one that was taken back ends nothing but what was cancelled
// by it.
const endedBy = ({ versions }: Known, version: SubscriptionVersion): SubscriptionVersion | undefined => {
  const newest = versions.at(-1);
  return version.status === 'Cancelled' && version.endDate !== null ? version : newest;
};

/** The first day after a version; null for what goes on. */
export const endOf = (known: Known, version: SubscriptionVersion): string | null => {
  const by = endedBy(known, version);
  return by && by.endDate !== null ? dayAfter(by.endDate, by) : null;
};

/** Whether a version is bought anew after the end of another, and not that one restored: it has a start of its own. */
export const isAnew = ({ startDate }: SubscriptionVersion, ended: { startDate: string; end: string | null }): boolean =>
  ended.end !== null && startDate >= ended.end && startDate > ended.startDate;

/** The day on which the end of a version was seen first. */
export const endSeenOn = (known: Known, version: SubscriptionVersion): string => {
  const endDate = endedBy(known, version)?.endDate;
  return (known.versions.find((one) => one.endDate === endDate) ?? version).effectiveFrom;
};

/** Cancelled, and nobody says since when. */
export const lacksEnd = (known: Known, version: SubscriptionVersion): boolean =>
  version.status === 'Cancelled' && endOf(known, version) === null;

/** The versions that are to be paid. Of what is cancelled without ever having been delivered nothing is. */
export const delivered = (known: Known): SubscriptionVersion[] => {
  let wasDelivered = true;
  return known.versions.filter((version) => {
    if (isFree(version)) wasDelivered = false;
    if (isFree(version) || !isOfKnownStatus(version) || lacksEnd(known, version)) return false;
    if (version.status !== 'Cancelled') wasDelivered = true;
    return wasDelivered;
  });
};
