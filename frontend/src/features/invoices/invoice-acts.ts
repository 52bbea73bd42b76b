import { InvoiceDetail, type Invoice, type Settlement } from '@legendops/billing/contract';
import { ApprovalFates } from '@legendops/billing/invoice/contract';
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

interface Settling {
  invoice: InvoiceDetail;
  settlement: Settlement;
}

const settle: ActKind<Settling, InvoiceDetail> = {
  answer: outcome.answer,
  done: outcome.done,
  refused: ({ invoice }) => outcome.refused(invoice),
  request: ({ invoice: { id }, settlement }) => ({
    method: 'POST',
    path: `${invoicesPath}/${id}/settlement`,
    body: settlement,
  }),
};

/** What a person does with a draft, or takes back. */
export interface Deciding {
  invoice: InvoiceDetail;
  /** The last part of its address. */
  act: 'edits' | 'hold' | 'release' | 'rejection' | 'taking-back';
  body?: object;
}

const decide: ActKind<Deciding, InvoiceDetail> = {
  answer: outcome.answer,
  done: outcome.done,
  refused: ({ invoice }) => outcome.refused(invoice),
  request: ({ invoice: { id }, act, body }) => ({ method: 'POST', path: `${invoicesPath}/${id}/${act}`, body }),
};

const approveAll: ActKind<readonly Invoice[], ApprovalFates> = {
  answer: ApprovalFates,
  // What became of each is told by the answer; the lists are read anew.
  done: () => void queryClient.invalidateQueries({ queryKey: [invoicesPath] }),
  request: (invoices) => ({
    method: 'POST',
    path: '/api/billing/v1/invoice-approvals',
    body: { invoices: invoices.map(({ id, contentHash }) => ({ id, contentHash })) },
  }),
};

export const useDecision = () => useAct(decide);
export const useApprovalOfAll = () => useAct(approveAll);
export const useSettlement = () => useAct(settle);
export const useApproval = () => useAct(approve);
export const usePosting = () => useAct(post);
