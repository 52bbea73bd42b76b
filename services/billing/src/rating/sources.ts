import { billableSegments, type SubscriptionExceptionCode } from './billable-segments.ts';
import { billingTermOf, type BillingTerm } from './billing-term.ts';
import { costMinorOf } from './cost.ts';
import { divRound } from './decimal.ts';
import { addDays } from './period.ts';
import type { Billed } from './price-lines.ts';
import type { SubscriptionVersion, UsageTotal, FoundException, RatingInput } from './rating-values.ts';

/** A thing to bill before it has a customer and a price. */
export type Source = Billed & {
  companyId: string;
  productId: string;
  subjectKey: string;
  /** What a fixed price must be for. */
  billingTerm: BillingTerm | 'usage';
  /** The day whose price holds: what is paid in advance has that of the term's begin, all else that of its first day. */
  priceOn: string;
  /** The day on which a subscription began, whose setup is billed then; null for usage. */
  startedOn: string | null;
};

/** What belongs together: rated whole, or told whole. Each inner list is rounded as one thing. */
export interface Subject {
  subjectKey: string;
  productName: string;
  sources: () => { things: Source[][]; exceptions: FoundException[] };
}

const exceptionTexts: Record<
  SubscriptionExceptionCode,
  (version: SubscriptionVersion) => { detail: string; nextStep: string }
> = {
  'term.unknown': ({ productName, billingTerm }) => ({
    detail: `${productName} has the billing term ${billingTerm}, which is not known here`,
    nextStep: 'Tell the platform team; nothing was billed for it',
  }),
  'status.unknown': ({ productName, status }) => ({
    detail: `${productName} has the status ${status}, which is not known here`,
    nextStep: 'Tell the platform team; nothing was billed for it',
  }),
  'subscription.no-end': ({ productName }) => ({
    detail: `${productName} is cancelled, but Pax8 does not say since when`,
    nextStep: 'Look at the subscription at Pax8; bill its last days by hand if any are missing',
  }),
  'subscription.gone': ({ productName, startDate, billingTerm }) => ({
    detail: `${productName}, ${billingTerm.toLowerCase()} from ${startDate}, was gone from Pax8's list by the day after a term began`,
    nextStep: 'Look at the subscription at Pax8; bill the term by hand if it was delivered',
  }),
  'quantity.added': ({ productName, effectiveFrom }) => ({
    detail: `${productName} has more seats since ${effectiveFrom}, in the middle of a term that is paid already`,
    nextStep: 'Bill the added seats for the rest of the term by hand',
  }),
  'term.changed': ({ productName, billingTerm, effectiveFrom }) => ({
    detail: `${productName} is billed ${billingTerm.toLowerCase()} since ${effectiveFrom}, in the middle of a term that is paid already`,
    nextStep: 'Compare with Pax8; bill or credit the difference for the rest of the term by hand',
  }),
  'start.moved': ({ productName, startDate, effectiveFrom }) => ({
    detail: `${productName} starts on ${startDate} since ${effectiveFrom}, in the middle of a term that is paid already`,
    nextStep: 'Look at Pax8 whether another term was bought; bill it by hand if so',
  }),
};

const versionsById = (subscriptions: readonly SubscriptionVersion[]): Map<string, SubscriptionVersion[]> => {
  const byId = new Map<string, SubscriptionVersion[]>();
  for (const version of subscriptions) {
    const versions = byId.get(version.id);
    if (versions) versions.push(version);
    else byId.set(version.id, [version]);
  }
  return byId;
};

const ofKnownTerm = ({ billingTerm }: SubscriptionVersion): BillingTerm => {
  const known = billingTermOf(billingTerm);
  if (known === undefined) throw new Error(`the billing term ${billingTerm} is not known`);
  return known;
};

const costOf = (version: SubscriptionVersion): bigint | null =>
  version.costE8 === null ? null : divRound(version.costE8 * version.quantityE6, 1_000_000n);

const sourceOf = (version: SubscriptionVersion): Omit<Source, 'sourceKey' | 'description' | 'share' | 'priceOn'> => ({
  subjectKey: `subscription:${version.id}`,
  companyId: version.companyId,
  productId: version.productId,
  quantityE6: version.quantityE6,
  costE8: costOf(version),
  currency: version.currency,
  billingTerm: ofKnownTerm(version),
  startedOn: version.startDate,
});

// Of a whole term: the most that it can be about.
const wholeTermOf = (version: SubscriptionVersion): FoundException['amount'] => {
  const minor = costMinorOf({ costE8: costOf(version), share: { days: 1, of: 1 } });
  return minor === null ? undefined : { minor, currency: version.currency };
};

const describe = ({ productName, billingTerm }: SubscriptionVersion, ...more: string[]): string =>
  [productName, billingTerm.toLowerCase(), ...more].join(', ');

const subscriptionSources = (versions: readonly SubscriptionVersion[], { period }: RatingInput) => {
  const { segments, terms, exceptions } = billableSegments(versions, period);
  const stretches = segments.map(({ version, from, to, days, of }) => ({
    ...sourceOf(version),
    // A second stretch in one month is another source: it is named by the change that began it.
    sourceKey: `subscription:${version.id}:${period.start}${segments.length > 1 ? `:${from}` : ''}`,
    description: describe(version, ...(days === of ? [] : [`${from} to ${addDays(to, -1)}`])),
    share: { days, of },
    priceOn: from,
  }));
  const whole = terms.map(({ version, begin }) => ({
    ...sourceOf(version),
    // Named by the term and not by the month: whichever month bills it, the ledger takes it once.
    sourceKey: `subscription:${version.id}:term:${begin}`,
    description: describe(version),
    share: { days: 1, of: 1 },
    priceOn: begin,
  }));
  return {
    things: [stretches, ...whole.map((source) => [source])],
    exceptions: exceptions.map(({ code, version }) => ({
      subjectKey: `subscription:${version.id}`,
      code,
      customerId: null,
      ...exceptionTexts[code](version),
      amount: wholeTermOf(version),
    })),
  };
};

const usageSource = (used: UsageTotal, { period }: RatingInput): Source => ({
  subjectKey: `usage:${used.summaryId}:${used.companyId}`,
  companyId: used.companyId,
  productId: used.productId,
  // One summary may be several companies', and in several currencies. Summary and product lead: see use.ts.
  sourceKey: `usage:${used.summaryId}:${used.productId}:${used.resourceGroup}:${used.unitOfMeasure}:${used.currency}:${used.companyId}:${period.start}${used.from === period.start ? '' : `:${used.from}`}`,
  description: [used.productName, used.resourceGroup].filter(Boolean).join(', '),
  quantityE6: used.quantityE6,
  costE8: used.partnerTotalE8,
  share: { days: 1, of: 1 },
  currency: used.currency,
  billingTerm: 'usage',
  priceOn: used.from,
  startedOn: null,
});

/** Everything that the period may bill: each subscription, and each usage that is not nothing. */
export const subjectsOf = (input: RatingInput): Subject[] => [
  ...[...versionsById(input.subscriptions)].map(([id, versions]) => ({
    subjectKey: `subscription:${id}`,
    productName: versions.at(-1)?.productName ?? id,
    sources: () => subscriptionSources(versions, input),
  })),
  ...input.usage
    .filter(({ quantityE6, partnerTotalE8 }) => quantityE6 !== 0n || partnerTotalE8 !== 0n)
    .map((used) => ({
      subjectKey: `usage:${used.summaryId}:${used.companyId}`,
      productName: used.productName,
      sources: () => ({ things: [[usageSource(used, input)]], exceptions: [] }),
    })),
];
