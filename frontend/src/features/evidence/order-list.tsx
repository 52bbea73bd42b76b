import type { Pax8Order } from '@legendops/billing/evidence/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ShoppingCart } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { formatQuantity } from '../../lib/money.ts';
import { orderPages } from '../../lib/queries/evidence.ts';

const LineOf = ({ line }: { line: Pax8Order['lines'][number] }) => {
  const { productName, subscriptionId, quantity, billingTerm } = line;
  const words = `${formatQuantity(quantity)} × ${productName ?? 'a product of Pax8'}`;
  return (
    <span className="block wrap-anywhere">
      {subscriptionId === null ? (
        words
      ) : (
        <TextLink to="/usage/$subscriptionId" params={{ subscriptionId }}>
          {words}
        </TextLink>
      )}
      {billingTerm !== null && <span className="text-caption text-muted"> {billingTerm}</span>}
    </span>
  );
};

const columns: Column<Pax8Order>[] = [
  { name: 'Ordered', cell: ({ createdOn }) => <span className="whitespace-nowrap">{formatDate(createdOn)}</span> },
  {
    name: 'What',
    cell: ({ lines }) => lines.map((line) => <LineOf key={line.id} line={line} />),
  },
  {
    name: 'By',
    from: 'sm',
    cell: ({ orderedBy, orderedByEmail }) => (
      <>
        {orderedBy}
        <span className="block text-caption text-muted wrap-anywhere">{orderedByEmail}</span>
      </>
    ),
  },
];

/** What was ordered at Pax8 for a customer. */
export const OrderList = ({ customerId }: { customerId: string }) => (
  <Section title="Orders at Pax8" about="What was ordered there for this customer, the newest first.">
    <ListView query={useInfiniteQuery(orderPages(customerId))} empty={<NoOrders />}>
      {(orders) => <DataTable caption="Orders at Pax8" columns={columns} rows={orders} />}
    </ListView>
  </Section>
);

const NoOrders = () => (
  <EmptyState icon={ShoppingCart} title="No orders">
    Pax8 lists none of this customer. Orders are read every night.
  </EmptyState>
);
