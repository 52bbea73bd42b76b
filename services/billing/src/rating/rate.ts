import { divRound } from './decimal.ts';
import { billableShare } from './billable-share.ts';
import { ruleFor } from './price-book.ts';
import { priceLine, type Priced } from './price-line.ts';
import type { Draft, DraftLine, RatedCustomer, RatingException, RatingInput } from './rated-values.ts';

/** A thing to bill before it has a customer and a price. */
type Source = Omit<Priced, 'rule'> & { companyId: string; productId: string; subjectKey: string };

type Located = { line: DraftLine; customer: RatedCustomer } | { exception: RatingException };

const subscriptionSources = ({ subscriptions, period }: RatingInput, exceptions: RatingException[]): Source[] =>
  subscriptions.flatMap((subscription) => {
    const share = billableShare(subscription, period);
    if (share === 'nothing') return [];
    const subjectKey = `subscription:${subscription.id}`;
    if (share === 'unknown-term') {
      exceptions.push({
        subjectKey,
        code: 'term.unknown',
        customerId: null,
        detail: `${subscription.productName} has the billing term ${subscription.billingTerm}, which is not known here`,
        nextStep: 'Tell the platform team; nothing was billed for it',
      });
      return [];
    }
    return [
      {
        subjectKey,
        companyId: subscription.companyId,
        productId: subscription.productId,
        sourceKey: `subscription:${subscription.id}:${period.start}`,
        description: `${subscription.productName}, ${subscription.billingTerm.toLowerCase()}`,
        quantityE6: subscription.quantityE6,
        costE8: divRound(subscription.costE8 * subscription.quantityE6, 1_000_000n),
        share,
        currency: subscription.currency,
      },
    ];
  });

const usageSources = ({ usage, period }: RatingInput): Source[] =>
  usage
    .filter(({ quantityE6, partnerTotalE8 }) => quantityE6 !== 0n || partnerTotalE8 !== 0n)
    .map((used) => ({
      subjectKey: `usage:${used.summaryId}`,
      companyId: used.companyId,
      productId: used.productId,
      sourceKey: `usage:${used.summaryId}:${used.productId}:${used.resourceGroup}:${period.start}`,
      description: [used.productName, used.resourceGroup].filter(Boolean).join(', '),
      quantityE6: used.quantityE6,
      costE8: used.partnerTotalE8,
      share: { days: 1, of: 1 },
      currency: used.currency,
    }));

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
  return { line: priceLine({ ...source, rule }), customer };
};

const belowCost = (customer: RatedCustomer, line: DraftLine): RatingException[] =>
  line.amountMinor >= line.costMinor
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
  for (const source of [...subscriptionSources(input, exceptions), ...usageSources(input)]) {
    const located = locate(input, source);
    if ('exception' in located) {
      exceptions.push(located.exception);
      continue;
    }
    const { customer, line } = located;
    exceptions.push(...belowCost(customer, line));
    const draft = drafts.get(customer.id) ?? {
      customerId: customer.id,
      customerName: customer.name,
      lines: [],
      totalMinor: 0n,
    };
    draft.lines.push(line);
    draft.totalMinor += line.amountMinor;
    drafts.set(customer.id, draft);
  }
  const all = [...drafts.values()];
  for (const draft of all) draft.lines.sort((a, b) => a.sourceKey.localeCompare(b.sourceKey));
  return {
    drafts: all.filter(({ totalMinor }) => totalMinor > 0n),
    exceptions: [...onePerSubject(exceptions), ...all.filter(({ totalMinor }) => totalMinor < 0n).map(negativeTotal)],
  };
};

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
