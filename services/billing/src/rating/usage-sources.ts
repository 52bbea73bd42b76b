import type { PreparedInput } from './prepared-input.ts';
import { daysBetween } from './period.ts';
import type { PriceRuleValue, UsageTotal } from './rating-values.ts';
import type { Source, Subject } from './source.ts';

/** One summary's product and unit: what may be summed together. One summary may be several companies'. */
const meterOf = ({ summaryId, productId, resourceGroup, unitOfMeasure, currency, companyId }: UsageTotal): string =>
  `${summaryId}:${productId}:${resourceGroup}:${unitOfMeasure}:${currency}:${companyId}`;

const isNothing = ({ quantityE6, partnerTotalE8 }: UsageTotal): boolean => quantityE6 === 0n && partnerTotalE8 === 0n;

/** What was used of one meter while one rule held. */
interface Stretch {
  total: UsageTotal;
  rule: PriceRuleValue | undefined;
}

const ruleOf = ({ book, currency, customerOf }: PreparedInput, used: UsageTotal): PriceRuleValue | undefined => {
  const { companyId, productId, from: date } = used;
  const customer = customerOf(companyId);
  return customer && book.ruleOn({ customerId: customer.id, productId, billingTerm: 'usage', currency, date });
};

const together = (one: UsageTotal, other: UsageTotal): UsageTotal => ({
  ...one,
  quantityE6: one.quantityE6 + other.quantityE6,
  partnerTotalE8: one.partnerTotalE8 + other.partnerTotalE8,
});

/** Totals are summed between the days on which any price changes: those between which this one's does not are one. */
const stretchesOf = (input: PreparedInput, totals: readonly UsageTotal[]): Stretch[] => {
  const [only, ...others] = totals;
  // Most months have no change at all.
  if (only && others.length === 0) return [{ total: only, rule: undefined }];
  const stretches: Stretch[] = [];
  for (const total of totals.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const rule = ruleOf(input, total);
    const last = stretches.at(-1);
    if (last && last.rule === rule) last.total = together(last.total, total);
    else stretches.push({ total, rule });
  }
  return stretches.filter(({ total }) => !isNothing(total));
};

const once = { days: 1, of: 1 };

const sourceOf = (input: PreparedInput, used: UsageTotal, isFirst: boolean): Source => ({
  subjectKey: `usage:${used.summaryId}:${used.companyId}`,
  companyId: used.companyId,
  productId: used.productId,
  // Summary and product lead: see use.ts.
  sourceKey: `usage:${meterOf(used)}:${input.period.start}${isFirst ? '' : `:${used.from}`}`,
  description: [used.productName, used.resourceGroup].filter(Boolean).join(', '),
  quantityE6: used.quantityE6,
  costE8: used.partnerTotalE8,
  share: once,
  currency: used.currency,
  billingTerm: 'usage',
  priceOn: used.from,
  startedOn: null,
});

// What a unit costs depends on all that was used, or nothing on it.
const ofWholeMonth = new Set<PriceRuleValue['kind'] | undefined>(['flat', 'volume', 'graduated']);

/** Each price for its days, of all that was used: a tier is reached, and a flat price asked, once a month. */
const byDays = (input: PreparedInput, stretches: readonly Stretch[], sources: readonly Source[]): Source[] => {
  const { start, end } = input.period;
  const all = stretches.map(({ total }) => total).reduce(together);
  return sources.map((source, index) => ({
    ...source,
    quantityE6: all.quantityE6,
    costE8: all.partnerTotalE8,
    share: {
      days: daysBetween(index === 0 ? start : source.priceOn, sources[index + 1]?.priceOn ?? end),
      of: daysBetween(start, end),
    },
  }));
};

/** What one meter bills: one source, or several where its price changes within the month. */
const thingsOf = (input: PreparedInput, totals: readonly UsageTotal[]): Source[][] => {
  const stretches = stretchesOf(input, totals);
  const sources = stretches.map(({ total }, index) => sourceOf(input, total, index === 0));
  if (sources.length > 1 && stretches.some(({ rule }) => ofWholeMonth.has(rule?.kind)))
    return [byDays(input, stretches, sources)];
  return sources.map((source) => [source]);
};

const subjectOf = ({ summaryId, companyId, productName }: UsageTotal, things: () => Source[][]): Subject => ({
  subjectKey: `usage:${summaryId}:${companyId}`,
  productName,
  sources: () => ({ things: things(), exceptions: [] }),
});

const thereTwice = (): never => {
  throw new Error('one use is there twice');
};

/** The use of a period that is not nothing, by meter. */
export const usageSubjects = (input: PreparedInput): Subject[] => {
  const meters = new Map<string, UsageTotal[]>();
  const twice: Subject[] = [];
  for (const used of input.usage) {
    const meter = meterOf(used);
    const totals = meters.get(meter);
    if (totals === undefined) meters.set(meter, [used]);
    else if (totals.some(({ from }) => from === used.from)) twice.push(subjectOf(used, thereTwice));
    else totals.push(used);
  }
  const billed = [...meters.values()].flatMap((totals) => {
    const [first] = totals;
    return first && !totals.every(isNothing) ? [subjectOf(first, () => thingsOf(input, totals))] : [];
  });
  return [...billed, ...twice];
};
