import type { Account, Row } from './account.ts';

const stepMs = 3_600_000;
const next: Readonly<Record<string, string>> = { DRAFT: 'APPROVED', APPROVED: 'PAID' };

/**
 * With the vendor's own sync to QuickBooks invoices move by themselves: one that is written is approved when it is synced, and paid once
 * nothing of it is open there. An hour each; nobody is told. Whether anything has moved.
 */
export const syncWithQuickBooks = ({ quickBooksSync, invoices }: Account, now: Date): boolean => {
  if (!quickBooksSync) return false;
  return invoices.map((invoice) => move(invoice, now.getTime())).some(Boolean);
};

const move = (invoice: Row, now: number): boolean => {
  const status = next[String(invoice.statusEnum)];
  if (status === undefined) return false;
  // No field of Invoice: nobody can ask for it.
  const isDue = typeof invoice.movesAt === 'number' && invoice.movesAt <= now;
  if (isDue) invoice.statusEnum = status;
  if (isDue || invoice.movesAt === undefined) invoice.movesAt = now + stepMs;
  return isDue;
};
