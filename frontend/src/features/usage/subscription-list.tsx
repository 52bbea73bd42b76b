import type { Subscription } from '@legendops/billing/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, Repeat } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Status } from '../../components/status.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { formatPrice, formatQuantity } from '../../lib/money.ts';
import { useMay } from '../../lib/session.ts';
import { subscriptionPages } from '../../lib/queries/usage.ts';

/** On a phone the customer stands below the product, unless it is said already. */
const product = ({ saysCustomer, hasPage }: { saysCustomer: boolean; hasPage: boolean }): Column<Subscription> => ({
  name: 'Product',
  cell: ({ id: subscriptionId, productName, customerName }) => (
    <>
      {hasPage ? (
        <TextLink to="/usage/$subscriptionId" params={{ subscriptionId }}>
          {productName}
        </TextLink>
      ) : (
        <span className="font-medium">{productName}</span>
      )}
      {saysCustomer && <span className="block text-caption text-muted sm:hidden">{customerName}</span>}
    </>
  ),
});
const customer: Column<Subscription> = { name: 'Customer', from: 'sm', cell: ({ customerName }) => customerName };
const status: Column<Subscription> = {
  name: 'Status',
  cell: (subscription) =>
    subscription.status === 'Active' ? (
      <Status tone="ok" icon={CircleCheck}>
        Active
      </Status>
    ) : (
      <Status tone="quiet" icon={CircleDashed}>
        {subscription.status}
      </Status>
    ),
};
const term: Column<Subscription> = { name: 'Term', from: 'md', cell: ({ billingTerm }) => billingTerm };
const start: Column<Subscription> = { name: 'Since', from: 'lg', cell: ({ startDate }) => formatDate(startDate) };
const quantity: Column<Subscription> = {
  name: 'Quantity',
  align: 'end',
  cell: (subscription) => formatQuantity(subscription.quantity),
};
const cost: Column<Subscription> = {
  name: 'Cost at Pax8',
  align: 'end',
  from: 'md',
  cell: (subscription) => subscription.cost !== null && formatPrice(subscription.cost, subscription.currency),
};
const price: Column<Subscription> = {
  name: 'Suggested price',
  align: 'end',
  from: 'lg',
  cell: (subscription) => subscription.price !== null && formatPrice(subscription.price, subscription.currency),
};

interface Shown {
  withCost: boolean;
  hasPage: boolean;
}

const columnsFor = (customerId: string | undefined, { withCost, hasPage }: Shown): Column<Subscription>[] => [
  product({ saysCustomer: customerId === undefined, hasPage }),
  ...(customerId === undefined ? [customer] : []),
  status,
  term,
  start,
  quantity,
  ...(withCost ? [cost, price] : []),
];

export const SubscriptionList = ({ customerId }: { customerId?: string | undefined }) => {
  const columns = columnsFor(customerId, { withCost: useMay('cost.read'), hasPage: useMay('evidence.read') });
  return (
    <ListView query={useInfiniteQuery(subscriptionPages({ customerId }))} empty={<NoSubscriptions />}>
      {(subscriptions) => <DataTable caption="Subscriptions" columns={columns} rows={subscriptions} />}
    </ListView>
  );
};

const NoSubscriptions = () => (
  <EmptyState icon={Repeat} title="No subscriptions">
    Subscriptions are fetched every night. Those of a company that has no customer yet are missing until it has one.
  </EmptyState>
);
