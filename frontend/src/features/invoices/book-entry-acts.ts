import { BookEntry, type Acceptance, type VoidingRequest } from '@legendops/billing/book-entry/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { bookEntryOf } from '../../lib/queries/book-entries.ts';
import { invoiceById, invoicesPath } from '../../lib/queries/invoices.ts';
import { exceptionsPath } from '../../lib/queries/runs.ts';
import { worklistPath } from '../../lib/queries/worklist.ts';
import { queryClient } from '../../lib/query-client.ts';

interface OfInvoice {
  invoiceId: string;
}

const readAgain = ({ invoiceId }: OfInvoice): void => {
  void queryClient.invalidateQueries({ queryKey: bookEntryOf(invoiceId).queryKey });
  void queryClient.invalidateQueries({ queryKey: invoiceById(invoiceId).queryKey });
  for (const path of [invoicesPath, exceptionsPath, worklistPath]) void refresh(path);
};

const outcome = {
  answer: BookEntry,
  done: (entry: BookEntry, asked: OfInvoice) => {
    queryClient.setQueryData(bookEntryOf(asked.invoiceId).queryKey, entry);
    readAgain(asked);
  },
  refused: readAgain,
};

const voidInvoice: ActKind<OfInvoice & { voiding: VoidingRequest }, BookEntry> = {
  ...outcome,
  request: ({ invoiceId, voiding }) => ({
    method: 'POST',
    path: `${invoicesPath}/${invoiceId}/voiding`,
    body: voiding,
  }),
};

const accept: ActKind<OfInvoice & { acceptance: Acceptance }, BookEntry> = {
  ...outcome,
  request: ({ invoiceId, acceptance }) => ({
    method: 'POST',
    path: `${invoicesPath}/${invoiceId}/acceptance`,
    body: acceptance,
  }),
};

const postAnew: ActKind<OfInvoice & { seen: string }, BookEntry> = {
  ...outcome,
  request: ({ invoiceId, seen }) => ({
    method: 'POST',
    path: `${invoicesPath}/${invoiceId}/posting-anew`,
    body: { seen },
  }),
};

export const useVoid = () => useAct(voidInvoice);
export const useAcceptance = () => useAct(accept);
export const usePostingAnew = () => useAct(postAnew);
