import { addDays, addMonths, contains, daysBetween, type Period } from './period.ts';
import type { RatedSubscription } from './rated-values.ts';

/** How much of a subscription the period bills: a share of its term's price, nothing, or a term that nobody knows. */
export type BillableShare = { days: number; of: number } | 'nothing' | 'unknown-term';

const whole = { days: 1, of: 1 };

// Pax8 spells terms `2-Year` in subscriptions and `2 Year` in invoices.
const termMonths: Record<string, number> = { Annual: 12, '2-Year': 24, '3-Year': 36, '2 Year': 24, '3 Year': 36 };
const neverBilled = new Set(['Trial', 'Activation']);
const once = new Set(['One-Time', 'One-time']);

// Ordered, but not delivered; `Converted` is the ended half of a trial that became another subscription.
const billedStatuses = new Set(['Active', 'PendingCancel', 'Cancelled', 'Activated']);

const monthlyShare = ({ startDate, endDate }: RatedSubscription, period: Period): BillableShare => {
  const from = startDate > period.start ? startDate : period.start;
  const lastDayAfter = endDate === null ? period.end : addDays(endDate, 1);
  const to = lastDayAfter < period.end ? lastDayAfter : period.end;
  const days = Math.max(0, daysBetween(from, to));
  return days === 0 ? 'nothing' : { days, of: daysBetween(period.start, period.end) };
};

// A term is paid in the period in which it begins, counted from the subscription's start.
const termBegins = (startDate: string, months: number, period: Period): boolean => {
  for (let begin = startDate, n = 0; begin < period.end; n += 1, begin = addMonths(startDate, n * months)) {
    if (contains(period, begin)) return true;
  }
  return false;
};

export const billableShare = (subscription: RatedSubscription, period: Period): BillableShare => {
  const { billingTerm, startDate, endDate, status } = subscription;
  if (!billedStatuses.has(status) || neverBilled.has(billingTerm)) return 'nothing';
  if (status === 'Cancelled' && endDate === null) return 'nothing';
  if (billingTerm === 'Monthly') return monthlyShare(subscription, period);
  if (once.has(billingTerm)) return contains(period, startDate) ? whole : 'nothing';
  const months = termMonths[billingTerm];
  if (months === undefined) return 'unknown-term';
  if (endDate !== null && endDate < period.start) return 'nothing';
  return termBegins(startDate, months, period) ? whole : 'nothing';
};
