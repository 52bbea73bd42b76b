import { draftAccount, type Found, type RatedLine } from './draft-account.ts';
import { isStorable } from '@legendops/kit/db/storable';
import { minimumLines, setupLine } from './further-lines.ts';
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

const addLine = (found: Found, rated: RatedLine, currency: string): void => {
  const { customer, line } = rated;
  // Each key is billed once. Another subject has other keys.
  for (const other of found.lines)
    if (other.line.sourceKey === line.sourceKey) throw new Error('one stretch is there twice');
  found.lines.push(rated);
  // A credit takes back margin with its price.
  if (line.costMinor !== null && line.costMinor > 0n && line.amountMinor < line.costMinor)
    found.exceptions.push(belowCost(customer, line, currency));
};

const pricedOf = ({ source, rule, costMinor }: LocatedOfCustomer): Priced => ({ billed: source, rule, costMinor });

/** Adds what one customer pays of one thing, its setup among it. */
const addParts = (input: PreparedInput, parts: readonly LocatedOfCustomer[], found: Found): void => {
  const [first] = parts;
  if (!first) return;
  const { customer } = first;
  const lines = parts.length === 1 ? [priceLine(pricedOf(first))] : priceLines(parts.map(pricedOf));
  for (const [index, line] of lines.entries()) {
    const { source, rule } = parts[index] as LocatedOfCustomer;
    addLine(found, { customer, line, rule: isOfMonth(source) ? rule : undefined }, input.currency);
  }
  const setup = setupLine(input, first.source, first.rule);
  if (!setup) return;
  addLine(found, { customer, line: setup, rule: undefined }, input.currency);
  found.uses.push(useOfLine(customer, setup));
};

const rateThing = (input: PreparedInput, sources: readonly Source[], found: Found): void => {
  const located = stretchesOf(input, sources).map((source) => locate(input, source));
  for (const one of located) {
    if (one.customer) found.uses.push(useOf(one, one.customer));
    if (one.exception) found.exceptions.push(one.exception);
  }
  for (const parts of byCustomer(located)) addParts(input, parts, found);
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
const rateAlone = (input: PreparedInput, subject: Subject): Found => {
  let things: readonly (readonly Source[])[] = [];
  try {
    const sources = subject.sources();
    ({ things } = sources);
    const found: Found = { lines: [], uses: [], exceptions: sources.exceptions };
    for (const thing of things) if (thing.length > 0) rateThing(input, thing, found);
    return found;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no reason was given';
    return { lines: [], uses: [], exceptions: failed(subject, why, things.flat()) };
  }
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
  const account = draftAccount();
  for (const subject of subjectsOf(input)) account.add(rateAlone(input, subject));
  const minimums = minimumLines(input, account.counted);
  for (const { customer, line } of minimums.lines)
    account.add({ lines: [{ customer, line, rule: undefined }], uses: [useOfLine(customer, line)], exceptions: [] });
  const drafts = account.drafts();
  // What no column holds would end the run for everybody.
  const unstorable = drafts.filter(({ totalMinor }) => !isStorable(totalMinor));
  return {
    drafts: unstorable.length === 0 ? drafts : drafts.filter((draft) => !unstorable.includes(draft)),
    uses: account.uses,
    exceptions: onePerSubject([...account.exceptions, ...minimums.exceptions, ...unstorable.map(tooLarge)]),
  };
};
