import { priceBook, type PriceBook } from './price-book.ts';
import type { CustomerValue, RatingInput } from './rating-values.ts';

/** A period's input with what every line asks for, so that no line searches all customers and rules. */
export interface PreparedInput extends RatingInput {
  book: PriceBook;
  customerOf: (companyId: string) => CustomerValue | undefined;
  companyName: (companyId: string) => string | undefined;
  /** Whether any price changes within the period: mostly none does. */
  isRepriced: boolean;
}

export const prepare = (input: RatingInput): PreparedInput => {
  const customers = new Map<string, CustomerValue>();
  for (const customer of input.customers)
    if (customer.pax8CompanyId !== null && !customers.has(customer.pax8CompanyId))
      customers.set(customer.pax8CompanyId, customer);
  const book = priceBook(input.rules);
  const names = new Map(input.companies.map(({ id, name }) => [id, name]));
  return {
    ...input,
    book,
    isRepriced: book.changesWithin(input.period),
    customerOf: (companyId) => customers.get(companyId),
    companyName: (companyId) => names.get(companyId),
  };
};
