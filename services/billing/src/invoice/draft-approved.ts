import type { CustomerValue, FoundException } from '../rating/rating-values.ts';
import { thingOf } from '../rating/use.ts';
import type { Approved } from './settled-invoices.ts';

/** A customer that left since is rated for what it has paid as it was: only then can the two be compared. */
export const activeWhereApproved = (
  customers: readonly CustomerValue[],
  approved: ReadonlyMap<string, Approved>,
): CustomerValue[] =>
  customers.map((customer) => (approved.has(customer.id) ? { ...customer, state: 'active' } : customer));

/**
 * Prices and rules of what is approved are settled: what is wrong with them today is no exception of that invoice. What is void
 * is to be priced anew.
 */
export const isSettled = (
  { customerId, sourceKey }: FoundException,
  approved: ReadonlyMap<string, Approved>,
): boolean => {
  const invoice = customerId === null ? undefined : approved.get(customerId);
  const billed = sourceKey === undefined ? undefined : invoice?.things.get(thingOf(sourceKey));
  return billed !== undefined && !billed.isVoid;
};
