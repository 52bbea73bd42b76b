import { costMinorOf } from './cost.ts';
import { hasFloor, namesNoTerm } from './price-book.ts';
import type { PreparedInput } from './prepared-input.ts';
import type { CustomerValue, FoundException, PriceRuleValue } from './rating-values.ts';
import type { Source } from './source.ts';

/** A source with its customer and the rule that prices it, or why nothing does. */
export interface Located {
  source: Source;
  costMinor: bigint | null;
  customer: CustomerValue | undefined;
  rule: PriceRuleValue | undefined;
  exception: FoundException | undefined;
}

type ExceptionCause = Pick<FoundException, 'code' | 'detail' | 'nextStep'>;

export const amountOf = (source: Source): FoundException['amount'] => {
  const minor = costMinorOf(source);
  return minor === null ? undefined : { minor, currency: source.currency };
};

const unmatched = (input: PreparedInput, source: Source): FoundException => ({
  subjectKey: `company:${source.companyId}`,
  code: 'customer.unmatched',
  customerId: null,
  detail: `${input.companyName(source.companyId) ?? source.companyId} buys at Pax8 but is no customer here`,
  nextStep: 'Press “Import from Pax8” under “Customers”; the next invoice run takes it up',
  amount: amountOf(source),
});

const ruleOrException = (
  input: PreparedInput,
  source: Source,
  customer: CustomerValue,
): ExceptionCause | PriceRuleValue => {
  const { productId, description } = source;
  if (customer.state === 'archived')
    return {
      code: 'customer.archived',
      detail: `${customer.name} is archived but still has ${description}`,
      nextStep: 'Press “Reactivate” on the customer, or cancel at Pax8',
    };
  if (source.currency !== input.currency)
    return {
      code: 'currency.mismatch',
      detail: `${description} is in ${source.currency}, this organisation bills in ${input.currency}`,
      nextStep: 'Ask Pax8 to bill this product in your currency',
    };
  const { billingTerm, priceOn: date } = source;
  const rule = input.book.ruleOn({ customerId: customer.id, productId, billingTerm, currency: input.currency, date });
  if (!rule)
    return {
      code: 'price.missing',
      detail: `No price rule covers ${description}`,
      nextStep:
        'Press “Add rule” under “Prices”; the next invoice run takes it up, on the next invoice where this one is approved',
    };
  return unusable(input, source, rule) ?? rule;
};

/** Why the rule that is meant cannot price this. A wider one never takes its place: that would be a price nobody set. */
const unusable = (
  input: PreparedInput,
  { description, billingTerm, costE8, quantityE6 }: Source,
  rule: PriceRuleValue,
): ExceptionCause | undefined => {
  if (rule.currency !== null && rule.currency !== input.currency)
    return {
      code: 'price.currency',
      detail: `The price rule for ${description} is in ${rule.currency}`,
      nextStep: `Press “Remove rule” on it under “Prices”, then “Add rule” for one in ${input.currency}; the next invoice run takes it up`,
    };
  if (namesNoTerm(rule, billingTerm))
    return {
      code: 'price.term',
      detail: `The price rule for ${description} does not say for which billing term its ${hasFloor(rule) ? 'least price a unit' : 'price'} is, and this one is ${billingTerm === 'usage' ? 'billed by use' : 'paid in advance'}`,
      nextStep: `Press “Add rule” under “Prices” for one of ${billingTerm === 'usage' ? 'usage' : `the term ${billingTerm}`}; the next invoice run takes it up`,
    };
  if (rule.kind !== 'markup' && rule.kind !== 'margin') return undefined;
  if (costE8 === null)
    return {
      code: 'cost.missing',
      detail: `Pax8 does not say what ${description} costs, and its price is made of its cost`,
      nextStep: 'Press “Add rule” under “Prices” for one with a fixed price; the next invoice run takes it up',
    };
  // Meters of a cloud cost nothing often, seats never without a reason, and what a seat costs is never paid to us; a floor makes it
  // a price all the same.
  const isPaidToUs = costE8 < 0n !== quantityE6 < 0n;
  if ((costE8 === 0n || isPaidToUs) && quantityE6 !== 0n && billingTerm !== 'usage' && !hasFloor(rule)) {
    const nothing = costE8 === 0n ? 'nothing' : 'less than nothing';
    return {
      code: 'price.zero',
      detail: `${description} costs ${nothing} at Pax8, so its price would be ${nothing}, too`,
      nextStep:
        'Press “Add rule” under “Prices” for one with a fixed price, or one that says that it is free; the next invoice run takes it up',
    };
  }
  return undefined;
};

export const locate = (input: PreparedInput, source: Source): Located => {
  const costMinor = costMinorOf(source);
  const customer = input.customerOf(source.companyId);
  if (!customer) return { source, costMinor, customer, rule: undefined, exception: unmatched(input, source) };
  const found = ruleOrException(input, source, customer);
  if (!('code' in found)) return { source, costMinor, customer, rule: found, exception: undefined };
  const exception = {
    ...found,
    subjectKey: source.subjectKey,
    customerId: customer.id,
    sourceKey: source.sourceKey,
    amount: amountOf(source),
  };
  return { source, costMinor, customer, rule: undefined, exception };
};
