import { costMinorOf } from './cost.ts';
import { minimumLines, setupLine } from './further-lines.ts';
import { amountOf, locate, type Located } from './locate.ts';
import { onePerSubject } from './one-per-subject.ts';
import { prepare, type PreparedInput } from './prepared-input.ts';
import { priceLines } from './price-lines.ts';
import type {
  CustomerUse,
  CustomerValue,
  Draft,
  DraftLine,
  FoundException,
  PriceRuleValue,
  RatingInput,
} from './rating-values.ts';
import { subjectsOf, type Source, type Subject } from './sources.ts';
import { stretchesOf } from './stretches.ts';

export interface Rated {
  drafts: Draft[];
  /** What was used by customers that are known, priced or not. */
  uses: CustomerUse[];
  exceptions: FoundException[];
}

interface RatedLine {
  customer: CustomerValue;
  line: DraftLine;
  /** What it is made by, where that is something of the month: it counts towards the rule's minimum. */
  rule?: PriceRuleValue;
}

interface RatedSubject {
  lines: RatedLine[];
  uses: CustomerUse[];
  exceptions: FoundException[];
}

/** The located parts of one thing by customer: one that moved within the period is billed to both. */
const byCustomer = (located: readonly Located[]): { customer: CustomerValue; parts: Located[] }[] => {
  const groups: { customer: CustomerValue; parts: Located[] }[] = [];
  for (const one of located) {
    if (!('priced' in one)) continue;
    const group = groups.find(({ customer }) => customer.id === one.customer.id);
    if (group) group.parts.push(one);
    else groups.push({ customer: one.customer, parts: [one] });
  }
  return groups;
};

const useOf = (one: Located, { id: customerId }: CustomerValue): CustomerUse => ({
  customerId,
  isPriced: 'priced' in one,
  sourceKey: one.source.sourceKey,
  quantityE6: one.source.quantityE6,
  share: one.source.share,
  costMinor: costMinorOf(one.source),
});

const belowCost = (customer: CustomerValue, line: DraftLine, currency: string): FoundException | undefined =>
  line.costMinor === null || line.amountMinor >= line.costMinor
    ? undefined
    : {
        subjectKey: line.sourceKey,
        code: 'price.below-cost',
        customerId: customer.id,
        detail: `${line.description} is sold below its cost`,
        nextStep: 'Check the price rule before you approve the invoice',
        amount: { minor: line.costMinor - line.amountMinor, currency },
        sourceKey: line.sourceKey,
      };

const useOfLine = ({ id: customerId }: CustomerValue, line: DraftLine): CustomerUse => ({
  customerId,
  isPriced: true,
  sourceKey: line.sourceKey,
  quantityE6: line.quantityE6,
  share: line.share,
  costMinor: line.costMinor,
});

/** The lines of one thing that one customer pays, its setup among them. */
const linesOf = (input: PreparedInput, customer: CustomerValue, parts: readonly Located[]): RatedLine[] => {
  const priced = parts.flatMap((part) => ('priced' in part ? [part] : []));
  const lines = priceLines(priced.map((part) => part.priced)).map((line, index): RatedLine => {
    const { source, priced: by } = priced[index] as (typeof priced)[number];
    const isOfMonth = source.billingTerm === 'Monthly' || source.billingTerm === 'usage';
    return isOfMonth ? { customer, line, rule: by.rule } : { customer, line };
  });
  const [first] = priced;
  const setup = first && setupLine(input, first.source, first.priced.rule);
  return setup ? [...lines, { customer, line: setup }] : lines;
};

const rateThing = (input: PreparedInput, sources: readonly Source[], result: RatedSubject): void => {
  const stretches = stretchesOf(input, sources, ({ companyId }) => input.customerOf(companyId));
  const located = stretches.map((source) => locate(input, source));
  for (const one of located) {
    if (one.customer) result.uses.push(useOf(one, one.customer));
    if ('exception' in one) result.exceptions.push(one.exception);
  }
  for (const { customer, parts } of byCustomer(located))
    for (const rated of linesOf(input, customer, parts)) {
      result.lines.push(rated);
      if (rated.line.sourceKey.endsWith(':setup')) result.uses.push(useOfLine(customer, rated.line));
      const loss = belowCost(customer, rated.line, input.currency);
      if (loss) result.exceptions.push(loss);
    }
};

const failed = ({ subjectKey, productName }: Subject, why: string, sources: readonly Source[]): RatedSubject => {
  const exceptions = (sources.length > 0 ? sources.map(amountOf) : [undefined]).map((amount): FoundException => ({
    subjectKey,
    code: 'rating.failed',
    customerId: null,
    detail: `${productName} could not be rated, what Pax8 said of it does not fit together: ${why}`,
    nextStep: 'Tell the platform team; nothing was billed for it, everything else was',
    amount,
  }));
  return { lines: [], uses: [], exceptions: onePerSubject(exceptions) };
};

/** One thing that does not add up is told and left out; it must not keep everybody else's invoices back. */
const rateAlone = (input: PreparedInput, subject: Subject, taken: Set<string>): RatedSubject => {
  let sources: Source[] = [];
  try {
    const { things, exceptions } = subject.sources();
    sources = things.length === 1 ? (things[0] ?? []) : things.flat();
    const result: RatedSubject = { lines: [], uses: [], exceptions: [...exceptions] };
    for (const thing of things) if (thing.length > 0) rateThing(input, thing, result);
    const keys = new Set(result.lines.map(({ line }) => line.sourceKey));
    if (keys.size < result.lines.length || [...keys].some((key) => taken.has(key)))
      return failed(subject, 'one stretch is there twice', sources);
    for (const key of keys) taken.add(key);
    return result;
  } catch (error) {
    return failed(subject, error instanceof Error ? error.message : 'no reason was given', sources);
  }
};

const draftsOf = (lines: readonly RatedLine[]): Draft[] => {
  const drafts = new Map<string, Draft>();
  for (const { customer, line } of lines) {
    let draft = drafts.get(customer.id);
    if (!draft) drafts.set(customer.id, (draft = emptyDraft(customer)));
    draft.lines.push(line);
    draft.totalMinor += line.amountMinor;
  }
  const all = [...drafts.values()];
  for (const draft of all)
    draft.lines.sort((a, b) => (a.sourceKey < b.sourceKey ? -1 : a.sourceKey > b.sourceKey ? 1 : 0));
  return all;
};

/**
 * Turns a period's subscriptions and usage into one draft a customer, and names everything that could not be billed.
 * Pure: the same input gives the same drafts, whoever asks.
 */
export const rate = (given: RatingInput): Rated => {
  const input = prepare(given);
  const taken = new Set<string>();
  const all: RatedSubject = { lines: [], uses: [], exceptions: [] };
  for (const subject of subjectsOf(input)) {
    const { lines, uses, exceptions } = rateAlone(input, subject, taken);
    for (const line of lines) all.lines.push(line);
    for (const use of uses) all.uses.push(use);
    for (const exception of exceptions) all.exceptions.push(exception);
  }
  const ofMonth = all.lines.flatMap(({ customer, line: { amountMinor }, rule }) =>
    rule ? [{ customer, rule, amountMinor }] : [],
  );
  for (const { customer, line } of minimumLines(input, ofMonth)) {
    all.lines.push({ customer, line });
    all.uses.push(useOfLine(customer, line));
  }
  const drafts = draftsOf(all.lines);
  return {
    drafts: drafts.filter(({ totalMinor }) => totalMinor > 0n),
    uses: all.uses,
    exceptions: [
      ...onePerSubject(all.exceptions),
      ...drafts.filter(({ totalMinor }) => totalMinor < 0n).map((draft) => negativeTotal(draft, input.currency)),
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
