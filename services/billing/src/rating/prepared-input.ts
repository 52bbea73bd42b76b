import { priceBook, type PriceBook } from './price-book.ts';
import type { CustomerValue, RatingInput } from './rating-values.ts';

/** A period's input with what every line asks for, so that no line searches all customers and rules. */
export interface PreparedInput extends RatingInput {
  book: PriceBook;
  customerOf: (companyId: string) => CustomerValue | undefined;
  companyName: (companyId: string) => string | undefined;
}

export const prepare = (input: RatingInput): PreparedInput => {
  const customers = new Map<string, CustomerValue>();
  for (const customer of input.customers)
    if (customer.pax8CompanyId !== null && !customers.has(customer.pax8CompanyId))
      customers.set(customer.pax8CompanyId, customer);
  const names = new Map(input.companies.map(({ id, name }) => [id, name]));
  return {
    ...input,
    book: priceBook(input.rules),
    customerOf: (companyId) => customers.get(companyId),
    companyName: (companyId) => names.get(companyId),
  };
};
