import type { CustomerUse, CustomerValue, FoundException } from '../rating/rating-values.ts';
import { isSameUse, thingOf } from '../rating/use.ts';
import type { Approved } from './settled-invoices.ts';

/** A customer that left since is rated for what it has paid as it was: only then can the two be compared. */
export const activeWhereApproved = (
  customers: readonly CustomerValue[],
  approved: ReadonlyMap<string, Approved>,
): CustomerValue[] =>
  customers.map((customer) => (approved.has(customer.id) ? { ...customer, state: 'active' } : customer));

const bills = ({ uses }: Approved, sourceKey: string): boolean =>
  uses.some((use) => thingOf(use.sourceKey) === thingOf(sourceKey));

/** Prices and rules of what is approved are settled: what is wrong with them today is no exception of that invoice. */
export const isSettled = (
  { customerId, sourceKey }: FoundException,
  approved: ReadonlyMap<string, Approved>,
): boolean => {
  const invoice = customerId === null ? undefined : approved.get(customerId);
  return invoice !== undefined && sourceKey !== undefined && bills(invoice, sourceKey);
};

/**
 * Whether a customer used something else than what its approved invoice bills. What could not be priced counts where the
 * invoice has it; otherwise it was left out knowingly, and has an exception of its own.
 */
export const differsInUse = (invoice: Approved, uses: readonly CustomerUse[]): boolean =>
  !isSameUse(
    invoice.uses,
    uses.filter(
      ({ customerId, isPriced, sourceKey }) =>
        customerId === invoice.customerId && (isPriced || bills(invoice, sourceKey)),
    ),
  );
