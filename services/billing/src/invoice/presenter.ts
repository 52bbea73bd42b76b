import type { Actor } from '@legendops/kit/auth/actor';
import { allows } from '@legendops/kit/contract/permissions';
import type { Invoice, InvoiceDetail, InvoiceLine } from '../contract.ts';
import { presentPosting } from '../posting/presenter.ts';
import { priceText, quantityText } from '../rating/currency.ts';
import { invoiceActs } from './policy.ts';
import type { InvoiceLineRow, InvoiceParts, InvoiceRow } from './store.ts';

export const presentInvoice = (row: InvoiceRow): Invoice => ({
  id: row.id,
  kind: row.kind,
  customerId: row.customer_id,
  customerName: row.customer_name,
  periodStart: row.period_start,
  periodEnd: row.period_end,
  currency: row.currency,
  totalMinor: row.total_minor.toString(),
  status: row.status,
  contentHash: row.content_hash,
  docNumber: row.doc_number,
  version: row.version,
  createdAt: row.created_at,
});

const presentLine = (row: InvoiceLineRow, currency: string, showsCost: boolean): InvoiceLine => ({
  id: row.id,
  description: row.description,
  quantity: quantityText(row.quantity_e6),
  unitPrice: priceText(row.unit_price_e8, currency),
  amountMinor: row.amount_minor.toString(),
  costMinor: showsCost && row.cost_minor !== null ? row.cost_minor.toString() : null,
  // The steps begin with what it costs us: nothing for a customer's eyes.
  steps: showsCost ? row.explanation.steps : [],
  correctsPeriod: row.corrects_period,
});

export const presentInvoiceDetail = (
  { lines, posting }: InvoiceParts,
  invoice: InvoiceRow,
  actor: Actor,
): InvoiceDetail => {
  const showsCost = allows(actor.role, 'cost.read');
  return {
    ...presentInvoice(invoice),
    lines: lines.map((line) => presentLine(line, invoice.currency, showsCost)),
    posting: posting && allows(actor.role, 'posting.read') ? presentPosting(posting, actor) : null,
    approvedAt: invoice.approved_at,
    acts: invoiceActs(actor, invoice, { posting }),
  };
};
