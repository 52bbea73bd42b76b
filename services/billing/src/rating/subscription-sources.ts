import { billableSegments, type Billable, type SubscriptionException } from './billable-segments.ts';
import { billingTermOf, type BillingTerm } from './billing-term.ts';
import { costMinorOf } from './cost.ts';
import { divRound } from './decimal.ts';
import { setupLine } from './further-lines.ts';
import { missedBefore } from './late-listing.ts';
import { lineWords } from './line-words.ts';
import { locate } from './locate.ts';
import { isAfterInvoices, latest, monthOf, type Period } from './period.ts';
import type { PreparedInput } from './prepared-input.ts';
import type { FoundException, SubscriptionVersion } from './rating-values.ts';
import { keysOf } from './source-keys.ts';
import type { Source } from './source.ts';
import { lateText, textOf } from './subscription-texts.ts';
import type { Charge, TermStretch } from './term-charges.ts';
import { worthOf } from './worth.ts';

const ofKnownTerm = ({ billingTerm }: SubscriptionVersion): BillingTerm => {
  const known = billingTermOf(billingTerm);
  if (known === undefined) throw new Error(`the billing term ${billingTerm} is not known`);
  return known;
};

const costOf = ({ costE8 }: SubscriptionVersion, quantityE6: bigint): bigint | null =>
  costE8 === null ? null : divRound(costE8 * quantityE6, 1_000_000n);

const whole = { days: 1, of: 1 };

type Named = Pick<Source, 'sourceKey' | 'description' | 'priceOn' | 'startedOn'> & Partial<Pick<Source, 'share'>>;

const sourceOf = (
  { version, quantityE6, days, of }: TermStretch,
  { sourceKey, description, priceOn, startedOn, share = days === of ? whole : { days, of } }: Named,
): Source => ({
  subjectKey: `subscription:${version.id}`,
  companyId: version.companyId,
  productId: version.productId,
  quantityE6,
  costE8: costOf(version, quantityE6),
  currency: version.currency,
  billingTerm: ofKnownTerm(version),
  share,
  sourceKey,
  description,
  priceOn,
  startedOn,
});

const monthSources = ({ segments, beganOn }: Billable, period: Period): Source[] =>
  segments.map((segment, index) =>
    sourceOf(segment, {
      // A second stretch in one month is another source: it is named by the change that began it.
      sourceKey: `subscription:${segment.version.id}:${period.start}${segments.length > 1 ? `:${segment.from}` : ''}`,
      description: lineWords(segment),
      priceOn: segment.from,
      // Whoever had it first pays its setup, though it moved on within the month.
      startedOn: index === 0 ? beganOn : null,
      share: { days: segment.days, of: segment.of },
    }),
  );

const keyOf = ({ term, kind, on }: Charge, id: string): string =>
  [`subscription:${id}:term:${term.begin}`, ...(kind === 'begun' ? [] : [kind, on])].join(':');

// Named by the term and not by the month: whichever month bills it, the ledger takes it once. The first stretch has the
// name that a whole term has had, so that what was billed whole is found when it is cut.
const chargeSources = (charge: Charge, startedOn: string | null): Source[] =>
  charge.stretches.map((stretch, index) =>
    sourceOf(stretch, {
      sourceKey: [keyOf(charge, stretch.version.id), ...(index === 0 ? [] : [stretch.from])].join(':'),
      description: lineWords(stretch, charge.kind),
      priceOn: charge.term.begin,
      startedOn,
    }),
  );

/** Each inner list is rounded as one thing. The first of them is what its setup goes with, once. */
const thingsOf = (billable: Billable, period: Period): Source[][] => {
  const { segments, charges, beganOn } = billable;
  const months = segments.length === 0 ? [] : [monthSources(billable, period)];
  return [
    ...months,
    ...charges.map((charge, index) => chargeSources(charge, months.length + index === 0 ? beganOn : null)),
  ];
};

const amountOf = (input: PreparedInput, exception: SubscriptionException): FoundException['amount'] => {
  const { version } = exception;
  const stretch =
    'stretch' in exception
      ? exception.stretch
      : { version, quantityE6: version.quantityE6, from: version.startDate, to: version.startDate, days: 1, of: 1 };
  if (billingTermOf(version.billingTerm) !== undefined) {
    const term = 'term' in exception ? exception.term : undefined;
    return worthOf(input, [
      sourceOf(stretch, { sourceKey: '', description: '', priceOn: term?.begin ?? stretch.from, startedOn: null }),
    ]);
  }
  const minor = costMinorOf({ costE8: costOf(version, version.quantityE6), share: { days: 1, of: 1 } });
  return minor === null ? undefined : { minor, currency: version.currency };
};

/** The setup of what began in a month, which no month bills once that one is over. */
const setupWorth = (
  input: PreparedInput,
  { period, sources }: { period: Period; sources: readonly Source[] },
): bigint => {
  const first = sources.find(({ startedOn }) => startedOn !== null);
  const rule = first && locate(input, first).rule;
  return (first && rule && setupLine({ ...input, period }, first, rule)?.amountMinor) ?? 0n;
};

const plusMinor = (amount: FoundException['amount'], minor: bigint): FoundException['amount'] =>
  amount && { ...amount, minor: amount.minor + minor };

const lateException = (
  versions: readonly SubscriptionVersion[],
  input: PreparedInput,
  listedOn: string,
): FoundException[] => {
  const [version] = versions;
  const months = missedBefore(versions, input, listedOn).map(({ period, billable }) => ({
    period,
    sources: thingsOf(billable, period).flat(),
  }));
  const missed = months.flatMap(({ sources }) => sources);
  if (!version || missed.length === 0) return [];
  const setup = months.reduce((sum, month) => sum + setupWorth(input, month), 0n);
  return [
    {
      subjectKey: `subscription:${version.id}`,
      code: 'subscription.late',
      customerId: null,
      ...lateText(version, listedOn, setup > 0n),
      amount: plusMinor(worthOf(input, missed), setup),
    },
  ];
};

/**
 * What a period bills, and what an approved invoice of it bills though another month would now: a term whose start or
 * delivery moved since stays where it was billed, and is compared there.
 */
const withHeldCharges = (versions: readonly SubscriptionVersion[], { period, billedHere }: PreparedInput): Billable => {
  const billable = billableSegments(versions, period);
  const [first] = versions;
  if (!first || !billedHere || billedHere.size === 0) return billable;
  const keyed = ({ charges }: Billable): [string, Charge][] =>
    charges.map((charge) => [keyOf(charge, first.id), charge]);
  const own = new Set(keyed(billable).map(([key]) => key));
  // Up to all that is known: what began anew later is seen in no earlier month.
  const known = versions.reduce((end, { effectiveFrom }) => latest(end, monthOf(effectiveFrom).end), period.end);
  const moved = keyed(billableSegments(versions, { start: period.start, end: known }))
    .filter(([key]) => !own.has(key) && keysOf(key).some(({ sourceKey }) => billedHere.has(sourceKey)))
    .map(([, charge]) => charge);
  return { ...billable, charges: [...billable.charges, ...moved] };
};

/** What the period bills of one subscription, and what of it a person has to look at. */
export const subscriptionSources = (
  versions: readonly SubscriptionVersion[],
  input: PreparedInput,
  listedOn: string | undefined,
): { things: Source[][]; exceptions: FoundException[] } => {
  const { period } = input;
  if (listedOn !== undefined && isAfterInvoices(period, listedOn)) return { things: [], exceptions: [] };
  const billable = withHeldCharges(versions, input);
  const late = listedOn === undefined ? [] : lateException(versions, input, listedOn);
  const exceptions = billable.exceptions.map((exception): FoundException => ({
    subjectKey: `subscription:${exception.version.id}`,
    code: exception.kind === 'kept' ? 'return.kept' : exception.code,
    customerId: null,
    ...textOf(exception),
    amount: amountOf(input, exception),
  }));
  return { things: thingsOf(billable, period), exceptions: [...exceptions, ...late] };
};
