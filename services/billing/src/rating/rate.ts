import { billableSegments, type Unbillable } from './billable-segments.ts';
import { divRound } from './decimal.ts';
import { addDays } from './period.ts';
import { ruleFor } from './price-book.ts';
import { priceLines, type Priced } from './price-lines.ts';
import type {
  Draft,
  DraftLine,
  RatedCustomer,
  RatedSubscription,
  RatingException,
  RatingInput,
} from './rated-values.ts';

/** A thing to bill before it has a customer and a price. */
type Source = Omit<Priced, 'rule'> & { companyId: string; productId: string; subjectKey: string };

type Located = { priced: Priced; customer: RatedCustomer } | { exception: RatingException };

const unbillableTexts: Record<Unbillable, (version: RatedSubscription) => { detail: string; nextStep: string }> = {
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
  'quantity.added': ({ productName, effectiveFrom }) => ({
    detail: `${productName} has more seats since ${effectiveFrom}, in the middle of a term that is paid already`,
    nextStep: 'Bill the added seats for the rest of the term by hand',
  }),
};

const versionsById = (subscriptions: readonly RatedSubscription[]): Map<string, RatedSubscription[]> => {
  const byId = new Map<string, RatedSubscription[]>();
  for (const version of subscriptions) {
    const versions = byId.get(version.id);
    if (versions) versions.push(version);
    else byId.set(version.id, [version]);
  }
  return byId;
};

/** Each subscription's stretches of the period, those of one subscription together. */
const subscriptionSources = ({ subscriptions, period }: RatingInput, exceptions: RatingException[]): Source[][] =>
  [...versionsById(subscriptions)].map(([id, versions]) => {
    const subjectKey = `subscription:${id}`;
    const { segments, unbillable } = billableSegments(versions, period);
    for (const { code, version } of unbillable)
      exceptions.push({ subjectKey, code, customerId: null, ...unbillableTexts[code](version) });
    return segments.map(({ version, from, to, days, of }) => ({
      subjectKey,
      companyId: version.companyId,
      productId: version.productId,
      // A second stretch in one month is another source: it is named by the change that began it.
      sourceKey: `${subjectKey}:${period.start}${segments.length > 1 ? `:${from}` : ''}`,
      description: [
        version.productName,
        version.billingTerm.toLowerCase(),
        ...(days === of ? [] : [`${from} to ${addDays(to, -1)}`]),
      ].join(', '),
      quantityE6: version.quantityE6,
      costE8: version.costE8 === null ? null : divRound(version.costE8 * version.quantityE6, 1_000_000n),
      share: { days, of },
      currency: version.currency,
    }));
  });

const usageSources = ({ usage, period }: RatingInput): Source[][] =>
  usage
    .filter(({ quantityE6, partnerTotalE8 }) => quantityE6 !== 0n || partnerTotalE8 !== 0n)
    .map((used) => [
      {
        subjectKey: `usage:${used.summaryId}`,
        companyId: used.companyId,
        productId: used.productId,
        sourceKey: `usage:${used.summaryId}:${used.productId}:${used.resourceGroup}:${used.unitOfMeasure}:${period.start}`,
        description: [used.productName, used.resourceGroup].filter(Boolean).join(', '),
        quantityE6: used.quantityE6,
        costE8: used.partnerTotalE8,
        share: { days: 1, of: 1 },
        currency: used.currency,
      },
    ]);

const locate = (input: RatingInput, source: Source): Located => {
  const { subjectKey, companyId, productId, description } = source;
  const customer = input.customers.find(({ pax8CompanyId }) => pax8CompanyId === companyId);
  const refused = (code: string, customerId: string | null, detail: string, nextStep: string): Located => ({
    exception: {
      subjectKey: code === 'customer.unmatched' ? `company:${companyId}` : subjectKey,
      code,
      customerId,
      detail,
      nextStep,
    },
  });
  if (!customer) {
    const name = input.companies.find(({ id }) => id === companyId)?.name ?? companyId;
    return refused(
      'customer.unmatched',
      null,
      `${name} buys at Pax8 but is no customer here`,
      'Import customers from Pax8',
    );
  }
  if (customer.state === 'archived')
    return refused(
      'customer.archived',
      customer.id,
      `${customer.name} is archived but still has ${description}`,
      'Restore the customer, or cancel at Pax8',
    );
  if (source.currency !== input.currency)
    return refused(
      'currency.mismatch',
      customer.id,
      `${description} is in ${source.currency}, this organisation bills in ${input.currency}`,
      'Ask Pax8 to bill this product in your currency',
    );
  const rule = ruleFor(input.rules, { customerId: customer.id, productId, date: input.period.start });
  if (!rule)
    return refused(
      'price.missing',
      customer.id,
      `No price rule covers ${description}`,
      'Add a price rule, then run invoicing again',
    );
  if (rule.kind === 'fixed' && rule.currency !== input.currency)
    return refused(
      'price.currency',
      customer.id,
      `The price rule for ${description} is in ${rule.currency}`,
      `Replace it by a rule in ${input.currency}`,
    );
  if (rule.kind === 'markup' && source.costE8 === null)
    return refused(
      'cost.missing',
      customer.id,
      `Pax8 does not say what ${description} costs, and its price is cost plus a markup`,
      'Ask Pax8 for the price, or add a fixed price',
    );
  return { priced: { ...source, rule }, customer };
};

/** The located parts of one thing by customer: one that moved within the period is billed to both. */
const byCustomer = (located: readonly { priced: Priced; customer: RatedCustomer }[]) => {
  const groups = new Map<string, { customer: RatedCustomer; parts: Priced[] }>();
  for (const { customer, priced } of located) {
    const group = groups.get(customer.id) ?? { customer, parts: [] };
    group.parts.push(priced);
    groups.set(customer.id, group);
  }
  return [...groups.values()];
};

const belowCost = (customer: RatedCustomer, line: DraftLine): RatingException[] =>
  line.costMinor === null || line.amountMinor >= line.costMinor
    ? []
    : [
        {
          subjectKey: line.sourceKey,
          code: 'price.below-cost',
          customerId: customer.id,
          detail: `${line.description} is sold below its cost`,
          nextStep: 'Check the price rule before you approve the invoice',
        },
      ];

/**
 * Turns a period's subscriptions and usage into one draft a customer, and names everything that could not be billed.
 * Pure: the same input gives the same drafts, whoever asks.
 */
export const rate = (input: RatingInput): { drafts: Draft[]; exceptions: RatingException[] } => {
  const exceptions: RatingException[] = [];
  const drafts = new Map<string, Draft>();
  for (const sources of [...subscriptionSources(input, exceptions), ...usageSources(input)]) {
    const located = sources.map((source) => locate(input, source));
    exceptions.push(...located.flatMap((one) => ('exception' in one ? [one.exception] : [])));
    for (const { customer, parts } of byCustomer(located.flatMap((one) => ('priced' in one ? [one] : [])))) {
      const draft = drafts.get(customer.id) ?? emptyDraft(customer);
      drafts.set(customer.id, draft);
      for (const line of priceLines(parts)) {
        exceptions.push(...belowCost(customer, line));
        draft.lines.push(line);
        draft.totalMinor += line.amountMinor;
      }
    }
  }
  const all = [...drafts.values()];
  for (const draft of all) draft.lines.sort((a, b) => a.sourceKey.localeCompare(b.sourceKey));
  return {
    drafts: all.filter(({ totalMinor }) => totalMinor > 0n),
    exceptions: [...onePerSubject(exceptions), ...all.filter(({ totalMinor }) => totalMinor < 0n).map(negativeTotal)],
  };
};

const emptyDraft = ({ id, name }: RatedCustomer): Draft => ({
  customerId: id,
  customerName: name,
  lines: [],
  totalMinor: 0n,
});

const negativeTotal = ({ customerId, customerName }: Draft): RatingException => ({
  subjectKey: `customer:${customerId}`,
  code: 'invoice.negative',
  customerId,
  detail: `The credits of ${customerName} exceed its charges; QuickBooks takes no negative invoice`,
  nextStep: 'Write a credit memo in QuickBooks',
});

const onePerSubject = (exceptions: readonly RatingException[]): RatingException[] => [
  ...new Map(exceptions.map((exception) => [`${exception.subjectKey} ${exception.code}`, exception])).values(),
];
