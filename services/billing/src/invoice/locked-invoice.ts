import type { Actor } from '@legendops/kit/auth/actor';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { InvoiceDetail } from '../contract.ts';
import { presentInvoiceDetail } from './presenter.ts';
import { lockInvoice, type InvoiceParts, type InvoiceRow } from './store.ts';

/** An invoice that is there, locked against everyone else's change; `invoice.not-found` otherwise. */
export const lockedInvoice = async (
  transaction: Transaction,
  id: string,
): Promise<{ parts: InvoiceParts; invoice: InvoiceRow }> => {
  const parts = await lockInvoice(transaction, id);
  if (!parts.invoice) throw problem('invoice.not-found');
  return { parts, invoice: parts.invoice };
};

/** The invoice as this person sees it after an act. */
export const shownInvoice = async (
  transaction: Transaction,
  { id, ...seen }: { id: string; actor: Actor; at: Date },
): Promise<InvoiceDetail> => {
  const { parts, invoice } = await lockedInvoice(transaction, id);
  return presentInvoiceDetail(parts, invoice, seen);
};
