import type { Actor } from '@legendops/kit/auth/actor';
import { allows } from '@legendops/kit/contract/permissions';
import type { paidInList } from '../book-entry/contract.ts';
import { paymentOf } from '../book-entry/payment.ts';
import type { Invoice, InvoiceDetail, InvoiceLine } from '../contract.ts';
import { presentPosting } from '../posting/presenter.ts';
import { priceText, quantityText } from '../rating/currency.ts';
import { localDate } from '../rating/period.ts';
import type { LineEdit } from './contract.ts';
import { approversNeeded, invoiceActs } from './policy.ts';
import { ratedContent } from './rated-texts.ts';
import type { InvoiceLineRow, InvoiceParts, InvoiceRow } from './store.ts';

// A timestamp within jsonb is printed with its offset.
const instantOf = (text: string): string => new Date(text).toISOString();

const paidOf = (row: InvoiceRow, today: string): Pick<Invoice, keyof typeof paidInList> => {
  const { currency, entry_state: state, entry_total: total, entry_open: open, entry_due: due } = row;
  const payment =
    state === null || total === null
      ? undefined
      : paymentOf({ state, total_minor: total, open_minor: open, due_on: due }, { currency, today });
  return {
    paymentState: payment?.state ?? null,
    paidMinor: payment?.paidMinor ?? null,
    openMinor: payment?.openMinor ?? null,
    dueOn: payment?.dueOn ?? null,
  };
};

/** Invoices as they are at a moment; all rows are of one tenant, whose day is reckoned once. */
export const presentInvoiceAt = (at: Date): ((row: InvoiceRow) => Invoice) => {
  let today: string | undefined;
  return (row) => {
    today ??= localDate(at, row.time_zone);
    return {
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
      decision: row.decision && { ...row.decision, at: instantOf(row.decision.at) },
      awaitsSecond: row.awaits_second,
      ...paidOf(row, today),
    };
  };
};

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
  // Who has changed it is the provider's own business as well.
  edit:
    showsCost && row.edit !== null
      ? { ...row.edit, at: instantOf(row.edit.at), rated: shownRated(row, currency) }
      : null,
});

const shownRated = ({ rated }: InvoiceLineRow, currency: string): LineEdit['rated'] => {
  if (rated === null) return null;
  const { description, quantityE6, unitPriceE8, amountMinor } = ratedContent(rated);
  return {
    description,
    quantity: quantityText(quantityE6),
    unitPrice: priceText(unitPriceE8, currency),
    amountMinor: amountMinor.toString(),
  };
};

export const presentInvoiceDetail = (
  parts: InvoiceParts,
  invoice: InvoiceRow,
  { actor, at }: { actor: Actor; at: Date },
): InvoiceDetail => {
  const { lines, posting, approvals } = parts;
  const showsCost = allows(actor.role, 'cost.read');
  return {
    ...presentInvoiceAt(at)(invoice),
    lines: lines.map((line) => presentLine(line, invoice.currency, showsCost)),
    posting: posting && allows(actor.role, 'posting.read') ? presentPosting(posting, actor) : null,
    approvedAt: invoice.approved_at,
    approvals: showsCost ? approvals : [],
    approversNeeded: approversNeeded(invoice, parts),
    acts: invoiceActs(actor, invoice, parts),
  };
};
