import { InvoiceDetail } from '@legendops/billing/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, runOnce } from '../../lib/api.ts';
import { invoiceById, invoicesPath } from '../../lib/queries/invoices.ts';

const useInvoiceAct = (act: (invoice: InvoiceDetail) => Promise<InvoiceDetail>) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (invoice) => queries.setQueryData(invoiceById(invoice.id).queryKey, invoice),
    // Also after a refusal: it often means that the invoice is no longer what the screen shows.
    onSettled: () => queries.invalidateQueries({ queryKey: [invoicesPath] }),
  });
};

/** Approves what the person saw: its hash goes along, and an invoice that became another is refused. */
export const useApproval = () =>
  useInvoiceAct(({ id, contentHash }) =>
    runOnce('invoice.approve', { id, contentHash }, (idempotencyKey) => {
      const path = `${invoicesPath}/${id}/approval`;
      return api.request({ method: 'POST', path, body: { contentHash }, idempotencyKey }, InvoiceDetail);
    }),
  );

export const usePosting = () =>
  useInvoiceAct(({ id }) =>
    runOnce('invoice.post', { id }, (idempotencyKey) =>
      api.request({ method: 'POST', path: `${invoicesPath}/${id}/posting`, idempotencyKey }, InvoiceDetail),
    ),
  );
