import type { Invoice } from '@legendops/billing/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { InvoiceState, invoiceStates } from '../../components/invoice-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { PaymentState, paymentStates } from '../../components/payment-state.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate, formatPeriod } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { useMay } from '../../lib/session.ts';
import { ApproveMany } from './approve-many.tsx';
import { invoicePages, type InvoiceFilter } from '../../lib/queries/invoices.ts';

const decisionWords = { held: 'Held', left: 'Not billed', anew: 'To be drafted anew' };

const linked = (invoice: Invoice, text: string) => (
  <TextLink to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }}>
    {text}
  </TextLink>
);

const periodOf = ({ periodStart, periodEnd }: Invoice): string => formatPeriod(periodStart, periodEnd);

const customerAndPeriod: Column<Invoice>[] = [
  {
    name: 'Customer',
    cell: (invoice) => (
      <>
        {linked(invoice, invoice.customerName)}
        <span className="block text-caption text-muted sm:hidden">{periodOf(invoice)}</span>
      </>
    ),
  },
  { name: 'Period', from: 'sm', cell: periodOf },
];
const periodAlone: Column<Invoice>[] = [{ name: 'Period', cell: (invoice) => linked(invoice, periodOf(invoice)) }];
const choice: Column<Invoice> = {
  name: 'Choose',
  nameless: true,
  align: 'end',
  cell: ({ id, customerName }) => (
    <input type="checkbox" name="invoice" value={id} aria-label={`Choose ${customerName}`} className="size-4" />
  ),
};
const status: Column<Invoice> = {
  name: 'Status',
  cell: ({ status: word, decision, awaitsSecond }) => (
    <>
      <InvoiceState status={word} />
      {decision !== null && <span className="block text-caption text-muted">{decisionWords[decision.kind]}</span>}
      {awaitsSecond && <span className="block text-caption text-muted">Waits for a second approval</span>}
    </>
  ),
};

/** What is still to come, and by when; what is paid says so in its word. */
const openWords = ({ paymentState, openMinor, dueOn, kind, currency }: Invoice): string | null =>
  paymentState === 'paid' || openMinor === null
    ? null
    : [
        `${formatMoney(openMinor, currency)} open`,
        ...(dueOn === null || kind === 'credit-memo' ? [] : [`due ${formatDate(dueOn)}`]),
      ].join(', ');

const payment: Column<Invoice> = {
  name: 'Payment',
  from: 'sm',
  cell: (invoice) =>
    invoice.paymentState !== null && (
      <>
        <PaymentState state={invoice.paymentState} kind={invoice.kind} />
        <span className="block text-caption text-muted">{openWords(invoice)}</span>
      </>
    ),
};

const numberAndTotal: Column<Invoice>[] = [
  { name: 'Number', from: 'md', cell: ({ docNumber }) => docNumber ?? <span className="text-muted">Not posted</span> },
  {
    name: 'Total',
    align: 'end',
    cell: ({ kind, totalMinor, currency }) => (
      <>
        {formatMoney(totalMinor, currency)}
        {kind === 'credit-memo' && <span className="block text-caption text-muted">Credit memo</span>}
      </>
    ),
  },
];

export const InvoiceList = ({ filter }: { filter: InvoiceFilter }) => {
  const mayApprove = useMay('invoice.approve');
  const seesPayments = useMay('posting.read');
  return (
    <ListView query={useInfiniteQuery(invoicePages(filter))} empty={<NoInvoices filter={filter} />}>
      {(invoices) => {
        const columns = [
          ...(filter.customerId === undefined ? customerAndPeriod : periodAlone),
          status,
          ...(seesPayments ? [payment] : []),
          ...numberAndTotal,
        ];
        return filter.status === 'draft' && mayApprove ? (
          <ApproveMany invoices={invoices}>
            <DataTable caption="Invoices" columns={[...columns, choice]} rows={invoices} />
          </ApproveMany>
        ) : (
          <DataTable caption="Invoices" columns={columns} rows={invoices} />
        );
      }}
    </ListView>
  );
};

const NoInvoices = ({ filter: { status: chosen, paymentState } }: { filter: InvoiceFilter }) =>
  chosen === undefined && paymentState === undefined ? (
    <EmptyState icon={ReceiptText} title="No invoices yet">
      The invoice run makes the drafts of a month after it has closed, from its usage and your prices.
    </EmptyState>
  ) : (
    <EmptyState
      icon={ReceiptText}
      title={`No invoice is in the state “${[
        ...(chosen === undefined ? [] : [invoiceStates[chosen].word]),
        ...(paymentState === undefined ? [] : [paymentStates[paymentState].words.invoice]),
      ].join(', ')}”`}
    >
      {paymentState === undefined
        ? 'Choose another state to see the others.'
        : 'Choose another state to see the others. What is paid is known some minutes after QuickBooks knows it.'}
    </EmptyState>
  );
