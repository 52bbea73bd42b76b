import { InvoiceDetail } from '@legendops/billing/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { putRow } from '../../lib/cache.ts';
import { invoiceById, invoicesPath } from '../../lib/queries/invoices.ts';
import { queryClient } from '../../lib/query-client.ts';

const outcome = {
  answer: InvoiceDetail,
  done: (invoice: InvoiceDetail) => {
    queryClient.setQueryData(invoiceById(invoice.id).queryKey, invoice);
    putRow(invoicesPath, invoice);
  },
  // It often means that the invoice is no longer what the screen shows.
  refused: ({ id }: InvoiceDetail) => void queryClient.invalidateQueries({ queryKey: invoiceById(id).queryKey }),
};

/** Approves what the person saw: its hash goes along, and an invoice that became another is refused. */
const approve: ActKind<InvoiceDetail, InvoiceDetail> = {
  ...outcome,
  request: ({ id, contentHash }) => ({ method: 'POST', path: `${invoicesPath}/${id}/approval`, body: { contentHash } }),
};

const post: ActKind<InvoiceDetail, InvoiceDetail> = {
  ...outcome,
  request: ({ id }) => ({ method: 'POST', path: `${invoicesPath}/${id}/posting` }),
};

export const useApproval = () => useAct(approve);
export const usePosting = () => useAct(post);
