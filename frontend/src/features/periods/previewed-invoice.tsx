import type { PeriodPreview } from '@legendops/billing/period/contract';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { formatMoney, formatPrice, formatQuantity } from '../../lib/money.ts';
import { previewLines } from '../../lib/queries/periods.ts';

type Previewed = PeriodPreview['data'][number];

/** A customer with what it would pay; its lines when asked for. */
export const PreviewedInvoice = ({ period, invoice }: { period: string; invoice: Previewed }) => {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { customerName, totalMinor, currency, lines } = invoice;
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-2 px-3 py-2 text-left hover:bg-raised"
      >
        <ChevronRight
          aria-hidden
          className={`size-4 shrink-0 text-muted transition-transform ${open ? 'rotate-90' : ''}`}
        />
        <span className="min-w-0 grow font-medium wrap-anywhere">{customerName}</span>
        <span className="text-muted max-sm:hidden">{lines === 1 ? 'One line' : `${lines} lines`}</span>
        <span className="font-medium whitespace-nowrap">{formatMoney(totalMinor, currency)}</span>
      </button>
      <div id={id} hidden={!open} className="px-3 pb-3">
        {open && <Lines period={period} invoice={invoice} />}
      </div>
    </li>
  );
};

interface Row {
  id: string;
  description: string;
  quantity: string;
  unitPrice: string;
  amountMinor: string;
}

const Lines = ({ period, invoice: { customerId, customerName, currency } }: { period: string; invoice: Previewed }) => {
  const columns: Column<Row>[] = [
    { name: 'Description', cell: ({ description }) => description },
    { name: 'Quantity', from: 'sm', align: 'end', cell: ({ quantity }) => formatQuantity(quantity) },
    { name: 'Unit price', from: 'sm', align: 'end', cell: ({ unitPrice }) => formatPrice(unitPrice, currency) },
    { name: 'Amount', align: 'end', cell: ({ amountMinor }) => formatMoney(amountMinor, currency) },
  ];
  return (
    <QueryView query={useQuery(previewLines(period, customerId))}>
      {(found) => (
        <DataTable
          caption={`Lines for ${customerName}`}
          columns={columns}
          rows={found.map((line, index) => ({ ...line, id: index.toString() }))}
        />
      )}
    </QueryView>
  );
};
