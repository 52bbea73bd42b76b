import { costMinorOf } from './cost.ts';
import { locate, type Located } from './locate.ts';
import { onePerSubject } from './one-per-subject.ts';
import { priceLines, type Priced } from './price-lines.ts';
import type { CustomerUse, Draft, DraftLine, CustomerValue, FoundException, RatingInput } from './rating-values.ts';
import { subjectsOf, type Subject } from './sources.ts';

export interface Rated {
  drafts: Draft[];
  /** What was used by customers that are known, priced or not. */
  uses: CustomerUse[];
  exceptions: FoundException[];
}

interface RatedSubject {
  lines: { customer: CustomerValue; line: DraftLine }[];
  uses: CustomerUse[];
  exceptions: FoundException[];
}

/** The located parts of one thing by customer: one that moved within the period is billed to both. */
const byCustomer = (located: readonly Located[]) => {
  const groups = new Map<string, { customer: CustomerValue; parts: Priced[] }>();
  for (const one of located) {
    if (!('priced' in one)) continue;
    const group = groups.get(one.customer.id) ?? { customer: one.customer, parts: [] };
    group.parts.push(one.priced);
    groups.set(one.customer.id, group);
  }
  return [...groups.values()];
};

const useOf = ({ source, customer, ...found }: Located): CustomerUse[] =>
  customer
    ? [
        {
          customerId: customer.id,
          isPriced: 'priced' in found,
          sourceKey: source.sourceKey,
          quantityE6: source.quantityE6,
          share: source.share,
          costMinor: costMinorOf(source),
        },
      ]
    : [];

const belowCost = (customer: CustomerValue, line: DraftLine, currency: string): FoundException[] =>
  line.costMinor === null || line.amountMinor >= line.costMinor
    ? []
    : [
        {
          subjectKey: line.sourceKey,
          code: 'price.below-cost',
          customerId: customer.id,
          detail: `${line.description} is sold below its cost`,
          nextStep: 'Check the price rule before you approve the invoice',
          amount: { minor: line.costMinor - line.amountMinor, currency },
          sourceKey: line.sourceKey,
        },
      ];

const rateSubject = (input: RatingInput, subject: Subject): RatedSubject => {
  const { things, exceptions } = subject.sources();
  const result: RatedSubject = { lines: [], uses: [], exceptions: [...exceptions] };
  for (const sources of things) {
    const located = sources.map((source) => locate(input, source));
    result.uses.push(...located.flatMap(useOf));
    result.exceptions.push(...located.flatMap((one) => ('exception' in one ? [one.exception] : [])));
    for (const { customer, parts } of byCustomer(located))
      for (const line of priceLines(parts)) {
        result.lines.push({ customer, line });
        result.exceptions.push(...belowCost(customer, line, input.currency));
      }
  }
  return result;
};

const failed = ({ subjectKey, productName }: Subject, why: string): RatedSubject => ({
  lines: [],
  uses: [],
  exceptions: [
    {
      subjectKey,
      code: 'rating.failed',
      customerId: null,
      detail: `${productName} could not be rated, what Pax8 said of it does not fit together: ${why}`,
      nextStep: 'Tell the platform team; nothing was billed for it, everything else was',
    },
  ],
});

/** One thing that does not add up is told and left out; it must not keep everybody else's invoices back. */
const rateAlone = (input: RatingInput, subject: Subject, taken: Set<string>): RatedSubject => {
  try {
    const rated = rateSubject(input, subject);
    const keys = new Set(rated.lines.map(({ line }) => line.sourceKey));
    if (keys.size < rated.lines.length || [...keys].some((key) => taken.has(key)))
      return failed(subject, 'one stretch is there twice');
    for (const key of keys) taken.add(key);
    return rated;
  } catch (error) {
    return failed(subject, error instanceof Error ? error.message : 'no reason was given');
  }
};

/**
 * Turns a period's subscriptions and usage into one draft a customer, and names everything that could not be billed.
 * Pure: the same input gives the same drafts, whoever asks.
 */
export const rate = (input: RatingInput): Rated => {
  const taken = new Set<string>();
  const subjects = subjectsOf(input).map((subject) => rateAlone(input, subject, taken));
  const drafts = new Map<string, Draft>();
  for (const { customer, line } of subjects.flatMap(({ lines }) => lines)) {
    const draft = drafts.get(customer.id) ?? emptyDraft(customer);
    drafts.set(customer.id, draft);
    draft.lines.push(line);
    draft.totalMinor += line.amountMinor;
  }
  const all = [...drafts.values()];
  for (const draft of all) draft.lines.sort((a, b) => a.sourceKey.localeCompare(b.sourceKey));
  return {
    drafts: all.filter(({ totalMinor }) => totalMinor > 0n),
    uses: subjects.flatMap(({ uses }) => uses),
    exceptions: [
      ...onePerSubject(subjects.flatMap(({ exceptions }) => exceptions)),
      ...all.filter(({ totalMinor }) => totalMinor < 0n).map((draft) => negativeTotal(draft, input.currency)),
    ],
  };
};

const emptyDraft = ({ id, name }: CustomerValue): Draft => ({
  customerId: id,
  customerName: name,
  lines: [],
  totalMinor: 0n,
});

const negativeTotal = ({ customerId, customerName, totalMinor }: Draft, currency: string): FoundException => ({
  subjectKey: `customer:${customerId}`,
  code: 'invoice.negative',
  customerId,
  detail: `The credits of ${customerName} exceed its charges; QuickBooks takes no negative invoice`,
  nextStep: 'Write a credit memo in QuickBooks',
  amount: { minor: -totalMinor, currency },
});
