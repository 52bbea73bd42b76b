import { costMinorOf } from './cost.ts';
import { ruleFor } from './price-book.ts';
import type { Priced } from './price-lines.ts';
import type { CustomerValue, FoundException, RatingInput } from './rating-values.ts';
import type { Source } from './sources.ts';

/** A source with its customer and its price, or why it has none. */
export type Located =
  | { source: Source; customer: CustomerValue; priced: Priced }
  | { source: Source; customer: CustomerValue | undefined; exception: FoundException };

type ExceptionCause = Pick<FoundException, 'code' | 'detail' | 'nextStep'>;

const amountOf = (source: Source): FoundException['amount'] => {
  const minor = costMinorOf(source);
  return minor === null ? undefined : { minor, currency: source.currency };
};

const unmatched = (input: RatingInput, source: Source): FoundException => ({
  subjectKey: `company:${source.companyId}`,
  code: 'customer.unmatched',
  customerId: null,
  detail: `${input.companies.find(({ id }) => id === source.companyId)?.name ?? source.companyId} buys at Pax8 but is no customer here`,
  nextStep: 'Press “Import from Pax8” under “Customers”; the next invoice run takes it up',
  amount: amountOf(source),
});

const ruleOrException = (
  input: RatingInput,
  source: Source,
  customer: CustomerValue,
): ExceptionCause | Pick<Priced, 'rule'> => {
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
  const rule = ruleFor(input.rules, { customerId: customer.id, productId, date: source.priceOn });
  if (!rule)
    return {
      code: 'price.missing',
      detail: `No price rule covers ${description}`,
      nextStep:
        'Press “Add rule” under “Prices”; the next invoice run takes it up, as long as the invoice is not approved',
    };
  if (rule.kind === 'fixed' && rule.currency !== input.currency)
    return {
      code: 'price.currency',
      detail: `The price rule for ${description} is in ${rule.currency ?? 'no currency'}`,
      nextStep: `Press “Remove rule” on it under “Prices”, then “Add rule” for one in ${input.currency}; the next invoice run takes it up`,
    };
  if (rule.kind === 'markup' && source.costE8 === null)
    return {
      code: 'cost.missing',
      detail: `Pax8 does not say what ${description} costs, and its price is cost plus a markup`,
      nextStep: 'Press “Add rule” under “Prices” for one with a fixed price; the next invoice run takes it up',
    };
  return { rule };
};

export const locate = (input: RatingInput, source: Source): Located => {
  const customer = input.customers.find(({ pax8CompanyId }) => pax8CompanyId === source.companyId);
  if (!customer) return { source, customer, exception: unmatched(input, source) };
  const found = ruleOrException(input, source, customer);
  if ('rule' in found) return { source, customer, priced: { ...source, ...found } };
  return {
    source,
    customer,
    exception: {
      ...found,
      subjectKey: source.subjectKey,
      customerId: customer.id,
      sourceKey: source.sourceKey,
      amount: amountOf(source),
    },
  };
};
