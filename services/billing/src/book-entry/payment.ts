import type { Payment, PaymentState } from './contract.ts';
import type { EntryRow } from './entry-row.ts';

type Held = Pick<EntryRow, 'state' | 'total_minor' | 'open_minor' | 'due_on'>;

const stateOf = ({ total_minor: total, due_on }: Held, open: bigint, today: string): PaymentState => {
  if (open <= 0n) return 'paid';
  // On the day itself it may still be paid.
  if (due_on !== null && due_on < today) return 'overdue';
  return open < total ? 'partly-paid' : 'open';
};

/** What is paid of it, on the tenant's day; undefined of what is void or gone, and where QuickBooks does not say. */
export const paymentOf = (
  entry: Held,
  { currency, today }: { currency: string; today: string },
): Payment | undefined => {
  const { state, total_minor: total, open_minor: open, due_on: dueOn } = entry;
  if (state !== 'there' || open === null) return undefined;
  return {
    state: stateOf(entry, open, today),
    currency,
    totalMinor: total.toString(),
    paidMinor: (total - open).toString(),
    openMinor: open.toString(),
    dueOn,
  };
};
