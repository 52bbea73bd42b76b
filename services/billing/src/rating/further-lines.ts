import { amountText } from './currency.ts';
import { divRound } from './decimal.ts';
import { addDays, contains, daysBetween } from './period.ts';
import type { PreparedInput } from './prepared-input.ts';
import type { CustomerValue, DraftLine, FoundException, PriceRuleValue } from './rating-values.ts';
import type { Source } from './source.ts';

/** Lines of the price book that are for no quantity: a setup, once, and what is missing to a minimum. */

const million = 1_000_000n;
const once = { days: 1, of: 1 };

const lumpSum = (
  line: Pick<DraftLine, 'sourceKey' | 'description' | 'amountMinor' | 'ruleId' | 'steps'>,
): DraftLine => ({
  ...line,
  quantityE6: million,
  unitPriceE8: line.amountMinor * 100_000_000n,
  costMinor: 0n,
  share: once,
});

/** The setup of a subscription that begins in this period. */
export const setupLine = (
  { period, currency }: PreparedInput,
  { startedOn, subjectKey, description }: Source,
  { id, setupMinor }: PriceRuleValue,
): DraftLine | undefined =>
  setupMinor === null || startedOn === null || !contains(period, startedOn)
    ? undefined
    : lumpSum({
        sourceKey: `${subjectKey}:setup`,
        description: `Setup of ${description}`,
        amountMinor: setupMinor,
        ruleId: id,
        steps: () => [`Once, because it began on ${startedOn}: ${amountText(setupMinor, currency)} ${currency}`],
      });

/** What a customer pays by one rule that has a minimum, in a period. */
export interface PaidByRule {
  customer: CustomerValue;
  rule: PriceRuleValue;
  amountMinor: bigint;
}

const latest = (a: string, b: string): string => (a > b ? a : b);
const earliest = (a: string, b: string): string => (a < b ? a : b);

/** A rule's minimum for its days of the period. */
const minimumOf = ({ period }: PreparedInput, { minimumMinor, validFrom, validTo }: PriceRuleValue) => {
  const from = latest(period.start, validFrom);
  const to = earliest(period.end, validTo ?? period.end);
  const [days, of] = [daysBetween(from, to), daysBetween(period.start, period.end)];
  return { from, to, days, of, minor: days <= 0 ? 0n : divRound((minimumMinor ?? 0n) * BigInt(days), BigInt(of)) };
};

const trueUpLine = (input: PreparedInput, { customer, rule, amountMinor }: PaidByRule): DraftLine | undefined => {
  const { from, to, days, of, minor } = minimumOf(input, rule);
  if (minor <= amountMinor) return undefined;
  const { currency } = input;
  return lumpSum({
    sourceKey: `minimum:${rule.id}:${customer.id}:${input.period.start}`,
    description: `Minimum of ${amountText(minor, currency)} ${currency}, what is missing to it`,
    amountMinor: minor - amountMinor,
    ruleId: rule.id,
    steps: () => [
      `Minimum of ${amountText(rule.minimumMinor ?? 0n, currency)} ${currency} a month`,
      ...(days === of ? [] : [`${days} of ${of} days, ${from} to ${addDays(to, -1)}`]),
      `${amountText(amountMinor, currency)} ${currency} was used`,
    ],
  });
};

/** A minimum in a currency that is not billed here asks for nothing, and is told where it would. */
const inOtherCurrency = (
  input: PreparedInput,
  { customer, rule }: Pick<PaidByRule, 'customer' | 'rule'>,
): FoundException[] => {
  const { minor } = minimumOf(input, rule);
  if (rule.currency === null || minor <= 0n) return [];
  return [
    {
      subjectKey: `minimum:${rule.id}`,
      code: 'price.currency',
      customerId: customer.id,
      detail: `The minimum of ${amountText(rule.minimumMinor ?? 0n, rule.currency)} ${rule.currency} a month of ${customer.name} is not in ${input.currency}, and is not billed`,
      nextStep: `Press “Remove rule” on it under “Prices”, then “Add rule” for one in ${input.currency}; the next invoice run takes it up`,
      amount: { minor, currency: rule.currency },
    },
  ];
};

/**
 * What is missing to the minimums of a period: of each customer by each rule that priced something, and of each that has a
 * minimum of its own though nothing was used. What is paid in advance is of no month and counts towards none.
 */
export const minimumLines = (
  input: PreparedInput,
  counted: readonly PaidByRule[],
): { lines: { customer: CustomerValue; line: DraftLine }[]; exceptions: FoundException[] } => {
  const paid = new Map<string, PaidByRule>();
  const exceptions: FoundException[] = [];
  const add = (customer: CustomerValue, rule: PriceRuleValue, amountMinor: bigint): void => {
    const key = `${customer.id} ${rule.id}`;
    paid.set(key, { customer, rule, amountMinor: (paid.get(key)?.amountMinor ?? 0n) + amountMinor });
  };
  for (const { customer, rule, amountMinor } of counted) add(customer, rule, amountMinor);
  const customers = new Map(input.customers.map((customer) => [customer.id, customer]));
  for (const rule of input.rules) {
    const customer = rule.customerId === null ? undefined : customers.get(rule.customerId);
    if (rule.minimumMinor === null || customer?.state !== 'active') continue;
    if (rule.currency === null || rule.currency === input.currency) add(customer, rule, 0n);
    else exceptions.push(...inOtherCurrency(input, { customer, rule }));
  }
  const lines = [...paid.values()].flatMap((one) => {
    const line = trueUpLine(input, one);
    return line ? [{ customer: one.customer, line }] : [];
  });
  return { lines, exceptions };
};
