import { isStorable } from '@legendops/kit/db/storable';
import { minimumLines, setupLine, type PaidByRule } from './further-lines.ts';
import { amountOf, locate, type Located } from './locate.ts';
import { onePerSubject } from './one-per-subject.ts';
import { prepare, type PreparedInput } from './prepared-input.ts';
import { priceLine, priceLines, type Priced } from './price-lines.ts';
import type {
  CustomerUse,
  CustomerValue,
  Draft,
  DraftLine,
  FoundException,
  PriceRuleValue,
  RatingInput,
} from './rating-values.ts';
import type { Source, Subject } from './source.ts';
import { subjectsOf } from './sources.ts';
import { stretchesOf } from './stretches.ts';

export interface Rated {
  /** One for each customer that has a line, whatever it sums to. */
  drafts: Draft[];
  /** What was used by customers that are known, priced or not. */
  uses: CustomerUse[];
  exceptions: FoundException[];
}

interface RatedLine {
  customer: CustomerValue;
  line: DraftLine;
  /** What it is made by, where that is something of the month: it counts towards the rule's minimum. */
  rule: PriceRuleValue | undefined;
}

/** What has been found so far, of all subjects. */
interface Account {
  lines: RatedLine[];
  uses: CustomerUse[];
  exceptions: FoundException[];
  /** Where the lines begin of the subject that is rated now. */
  since: number;
}

type LocatedOfCustomer = Located & { customer: CustomerValue; rule: PriceRuleValue };

const isPriced = (located: Located): located is LocatedOfCustomer => located.rule !== undefined;

/** The located parts of one thing by customer: one that moved within the period is billed to both. */
const byCustomer = (located: readonly Located[]): LocatedOfCustomer[][] => {
  const groups: LocatedOfCustomer[][] = [];
  for (const one of located) {
    if (!isPriced(one)) continue;
    const group = groups.find(([first]) => first?.customer.id === one.customer.id);
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups;
};

const useOf = ({ source, rule, costMinor }: Located, { id: customerId }: CustomerValue): CustomerUse => ({
  customerId,
  isPriced: rule !== undefined,
  sourceKey: source.sourceKey,
  quantityE6: source.quantityE6,
  share: source.share,
  costMinor,
});

const useOfLine = ({ id: customerId }: CustomerValue, line: DraftLine): CustomerUse => ({
  customerId,
  isPriced: true,
  sourceKey: line.sourceKey,
  quantityE6: line.quantityE6,
  share: line.share,
  costMinor: line.costMinor,
});

const belowCost = (customer: CustomerValue, line: DraftLine, currency: string): FoundException => ({
  subjectKey: line.sourceKey,
  code: 'price.below-cost',
  customerId: customer.id,
  detail: `${line.description} is sold below its cost`,
  nextStep: 'Check the price rule before you approve the invoice',
  amount: { minor: (line.costMinor ?? 0n) - line.amountMinor, currency },
  sourceKey: line.sourceKey,
});

const isOfMonth = ({ billingTerm }: Source): boolean => billingTerm === 'Monthly' || billingTerm === 'usage';

/** Each key is billed once. Another subject has other keys. */
const requireNew = ({ lines, since }: Account, { sourceKey }: DraftLine): void => {
  for (let index = since; index < lines.length; index += 1)
    if (lines[index]?.line.sourceKey === sourceKey) throw new Error('one stretch is there twice');
};

const addLine = (account: Account, rated: RatedLine, currency: string): void => {
  const { customer, line } = rated;
  requireNew(account, line);
  account.lines.push(rated);
  // A credit takes back margin with its price.
  if (line.costMinor !== null && line.costMinor > 0n && line.amountMinor < line.costMinor)
    account.exceptions.push(belowCost(customer, line, currency));
};

const pricedOf = ({ source, rule, costMinor }: LocatedOfCustomer): Priced => ({ billed: source, rule, costMinor });

/** Adds what one customer pays of one thing, its setup among it. */
const addParts = (input: PreparedInput, parts: readonly LocatedOfCustomer[], account: Account): void => {
  const [first] = parts;
  if (!first) return;
  const { customer } = first;
  const lines = parts.length === 1 ? [priceLine(pricedOf(first))] : priceLines(parts.map(pricedOf));
  lines.forEach((line, index) => {
    const { source, rule } = parts[index] as LocatedOfCustomer;
    addLine(account, { customer, line, rule: isOfMonth(source) ? rule : undefined }, input.currency);
  });
  const setup = setupLine(input, first.source, first.rule);
  if (!setup) return;
  addLine(account, { customer, line: setup, rule: undefined }, input.currency);
  account.uses.push(useOfLine(customer, setup));
};

const rateThing = (input: PreparedInput, sources: readonly Source[], account: Account): void => {
  const located = stretchesOf(input, sources).map((source) => locate(input, source));
  for (const one of located) {
    if (one.customer) account.uses.push(useOf(one, one.customer));
    if (one.exception) account.exceptions.push(one.exception);
  }
  for (const parts of byCustomer(located)) addParts(input, parts, account);
};

const failed = ({ subjectKey, productName }: Subject, why: string, sources: readonly Source[]): FoundException[] =>
  onePerSubject(
    (sources.length > 0 ? sources.map(amountOf) : [undefined]).map((amount) => ({
      subjectKey,
      code: 'rating.failed',
      customerId: null,
      detail: `${productName} could not be rated, what Pax8 said of it does not fit together: ${why}`,
      nextStep: 'Tell the platform team; nothing was billed for it, everything else was',
      amount,
    })),
  );

/** One thing that does not add up is told and left out; it must not keep everybody else's invoices back. */
const rateAlone = (input: PreparedInput, subject: Subject, account: Account): void => {
  const { lines, uses, exceptions } = account;
  const [before, used, told] = [lines.length, uses.length, exceptions.length];
  account.since = before;
  let things: readonly (readonly Source[])[] = [];
  try {
    const found = subject.sources();
    ({ things } = found);
    for (const exception of found.exceptions) exceptions.push(exception);
    for (const thing of things) if (thing.length > 0) rateThing(input, thing, account);
  } catch (error) {
    lines.length = before;
    uses.length = used;
    exceptions.length = told;
    exceptions.push(...failed(subject, error instanceof Error ? error.message : 'no reason was given', things.flat()));
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

const tooLarge = ({ customerId, customerName, lines }: Draft): FoundException => ({
  subjectKey: `customer:${customerId}`,
  code: 'rating.failed',
  customerId,
  detail: `The ${lines.length} lines of ${customerName} sum to more than an invoice can hold`,
  nextStep:
    'Look at Pax8 for a quantity or a cost that cannot be; nothing was billed to this customer, the others were',
});

/**
 * Turns a period's subscriptions and usage into one draft a customer, and names everything that could not be billed.
 * Pure: the same input gives the same drafts, whoever asks.
 */
export const rate = (given: RatingInput): Rated => {
  const input = prepare(given);
  const all: Account = { lines: [], uses: [], exceptions: [], since: 0 };
  for (const subject of subjectsOf(input)) rateAlone(input, subject, all);
  const counted: PaidByRule[] = [];
  for (const { customer, line, rule } of all.lines)
    if (rule && rule.minimumMinor !== null) counted.push({ customer, rule, amountMinor: line.amountMinor });
  const minimums = minimumLines(input, counted);
  for (const { customer, line } of minimums.lines) {
    all.lines.push({ customer, line, rule: undefined });
    all.uses.push(useOfLine(customer, line));
  }
  all.exceptions.push(...minimums.exceptions);
  const drafts = draftsOf(all.lines);
  // What no column holds would end the run for everybody.
  for (const draft of drafts) if (!isStorable(draft.totalMinor)) all.exceptions.push(tooLarge(draft));
  return {
    drafts: drafts.filter(({ totalMinor }) => isStorable(totalMinor)),
    uses: all.uses,
    exceptions: onePerSubject(all.exceptions),
  };
};

const emptyDraft = ({ id, name }: CustomerValue): Draft => ({
  customerId: id,
  customerName: name,
  lines: [],
  totalMinor: 0n,
});
