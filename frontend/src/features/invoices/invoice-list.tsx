import type { Invoice } from '@legendops/billing/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { InvoiceState, invoiceStates } from '../../components/invoice-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatPeriod } from '../../lib/calendar.ts';
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
const rest: Column<Invoice>[] = [
  {
    name: 'Status',
    cell: ({ status, decision, awaitsSecond }) => (
      <>
        <InvoiceState status={status} />
        {decision !== null && <span className="block text-caption text-muted">{decisionWords[decision.kind]}</span>}
        {awaitsSecond && <span className="block text-caption text-muted">Waits for a second approval</span>}
      </>
    ),
  },
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
  return (
    <ListView query={useInfiniteQuery(invoicePages(filter))} empty={<NoInvoices status={filter.status} />}>
      {(invoices) => {
        const columns = [...(filter.customerId === undefined ? customerAndPeriod : periodAlone), ...rest];
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

const NoInvoices = ({ status }: { status: Invoice['status'] | undefined }) =>
  status === undefined ? (
    <EmptyState icon={ReceiptText} title="No invoices yet">
      The invoice run makes the drafts of a month after it has closed, from its usage and your prices.
    </EmptyState>
  ) : (
    <EmptyState icon={ReceiptText} title={`No invoice is in the state “${invoiceStates[status].word}”`}>
      Choose another state to see the others.
    </EmptyState>
  );
