import type { ExceptionCode } from '../../exception/exception-kinds.ts';
import type { Commitment, SubscriptionVersion } from '../rating-values.ts';

/** What Pax8 listed from a day on; what is not said here is as it was before. */
export interface Listed extends Partial<SubscriptionVersion> {
  from: string;
  seats: number;
}

/** A price from a day on: each seat's for a term or a month, or a markup on its cost. */
export interface Price {
  each?: string;
  markupPercent?: number;
  from?: string;
}

/** A subscription's life and what its months bill of it, to the cent; a test holds the rating to it. */
export interface Example {
  story: string;
  listed: readonly Listed[];
  prices: readonly Price[];
  /** What each month bills; every month that is not named bills nothing. */
  bills: Readonly<Record<string, string>>;
  /** What each month tells, with the money in question. */
  tells?: Readonly<Record<string, readonly (readonly [code: ExceptionCode, amount: string])[]>>;
  /** The last month that is looked at; the last one that is named, where it is not said. */
  through?: string;
}

/** What holds in one situation of a subscription's life. */
export interface LifeRule {
  id: string;
  situation: string;
  rule: string;
  /** Where the rule comes from: what a vendor says, and the record of what we decided where it leaves it open. */
  source: string;
  examples: readonly Example[];
}

export const microsoft = 'Microsoft, new commerce: cancel and reduce within 7 days, refund by days, then locked';
export const pax8 = 'Pax8 API: Subscription.commitmentTerm, Commitment.allowFor…';
/** Where vendors leave it open, and what decided it. */
export const ours = 'ours ([0042](../decisions/0042-a-subscription-is-a-sequence-of-priced-terms.md))';
export const ourPrices =
  'ours ([0043](../decisions/0043-a-price-names-what-it-is-for.md): a price holds from a day on)';

/** A yearly commitment to a day, and what it lets go. */
export const committedTo = (
  endDate: string,
  { decrease = null, cancel = null }: { decrease?: boolean | null; cancel?: boolean | null } = {},
): Commitment => ({
  id: 'year',
  term: 'Annual',
  endDate,
  allowsDecrease: decrease,
  allowsCancellation: cancel,
  hasCancellationFee: cancel === true ? false : null,
});
