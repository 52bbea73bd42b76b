import type { Period } from './period.ts';
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

export const isOfKnownStatus = ({ status }: SubscriptionVersion): boolean => billedStatuses.has(status);

// What was so before our first look at a subscription is not known: as it was then.
export const begins = ({ versions }: Known, version: SubscriptionVersion): string =>
  version === versions[0] ? version.startDate : version.effectiveFrom;

/**
 * The last day of a version, or the first one after it: Pax8 says both. An end that is learnt later ends the earlier
 * versions, too; one that was taken back ends nothing but what was cancelled by it.
 */
export const endOf = ({ versions }: Known, version: SubscriptionVersion): string | null => {
  const newest = versions.at(-1)?.endDate ?? null;
  return version.status === 'Cancelled' ? (version.endDate ?? newest) : newest;
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
