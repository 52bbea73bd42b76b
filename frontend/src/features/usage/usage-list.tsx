import type { UsageLine } from '@legendops/billing/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { formatPrice, formatQuantity } from '../../lib/money.ts';
import { useMay } from '../../lib/session.ts';
import { usagePages, type UsageFilter } from '../../lib/queries/usage.ts';

const date: Column<UsageLine> = {
  name: 'Date',
  cell: ({ usageDate }) => <span className="whitespace-nowrap">{formatDate(usageDate)}</span>,
};
const customer: Column<UsageLine> = { name: 'Customer', from: 'sm', cell: ({ customerName }) => customerName };
/** On a phone the customer stands below the product, unless it is said already. */
const product = (saysCustomer: boolean): Column<UsageLine> => ({
  name: 'Product',
  cell: ({ productName, resourceGroup, customerName }) => (
    <>
      {productName}
      {saysCustomer && <span className="block text-caption text-muted sm:hidden">{customerName}</span>}
      {resourceGroup !== '' && <span className="block text-caption text-muted">{resourceGroup}</span>}
    </>
  ),
});
const quantity: Column<UsageLine> = {
  name: 'Quantity',
  align: 'end',
  cell: (line) => (
    <>
      {formatQuantity(line.quantity)} <span className="text-caption text-muted max-sm:block">{line.unitOfMeasure}</span>
    </>
  ),
};
const cost: Column<UsageLine> = {
  name: 'Cost at Pax8',
  align: 'end',
  from: 'md',
  cell: (line) => line.cost !== null && formatPrice(line.cost, line.currency),
};

/** With one customer its name is said already. */
const columnsFor = ({ customerId }: UsageFilter, withCost: boolean): Column<UsageLine>[] => [
  date,
  ...(customerId === undefined ? [customer] : []),
  product(customerId === undefined),
  quantity,
  ...(withCost ? [cost] : []),
];

export const UsageList = ({ filter }: { filter: UsageFilter }) => {
  const columns = columnsFor(filter, useMay('cost.read'));
  return (
    <ListView query={useInfiniteQuery(usagePages(filter))} empty={<NoUsage filter={filter} />}>
      {(lines) => <DataTable caption="Usage by day" columns={columns} rows={lines} />}
    </ListView>
  );
};

const NoUsage = ({ filter: { from, to } }: { filter: UsageFilter }) => (
  <EmptyState icon={Gauge} title={from === undefined && to === undefined ? 'No usage yet' : 'No usage in these days'}>
    Only what is billed by consumption has usage. It is fetched every night; a day that is not reported yet is missing
    until the night after.
  </EmptyState>
);
