import type { SubscriptionTerm } from '@legendops/billing/evidence/contract';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { formatDate, formatPeriod } from '../../lib/calendar.ts';
import { formatPrice, formatQuantity } from '../../lib/money.ts';
import { Margin } from './margin.tsx';

type Row = SubscriptionTerm & { id: string };

const Orders = ({ orders }: Pick<SubscriptionTerm, 'orders'>) =>
  orders.map(({ id, createdOn, quantity, orderedBy, orderedByEmail }) => (
    <span key={`${id} ${quantity}`} className="block">
      {formatQuantity(quantity)} on {formatDate(createdOn)}
      <span className="block text-caption text-muted wrap-anywhere">
        {[orderedBy, orderedByEmail].filter((text) => text !== null).join(', ')}
      </span>
    </span>
  ));

const columns = (currency: string): Column<Row>[] => [
  {
    name: 'When',
    cell: ({ from, to, pricedOn }) => (
      <>
        {to === null ? `Since ${formatDate(from)}` : formatPeriod(from, to)}
        {pricedOn !== from && (
          <span className="block text-caption text-muted">in the term from {formatDate(pricedOn)}</span>
        )}
      </>
    ),
  },
  {
    name: 'Quantity',
    align: 'end',
    cell: ({ quantity, status }) => (
      <>
        {formatQuantity(quantity)}
        <span className="block text-caption text-muted">{status}</span>
      </>
    ),
  },
  { name: 'Term', from: 'md', cell: ({ billingTerm }) => billingTerm },
  {
    name: 'Cost at Pax8',
    align: 'end',
    from: 'sm',
    cell: ({ unitCost }) =>
      unitCost === null ? <span className="text-muted">not known</span> : formatPrice(unitCost, currency),
  },
  {
    name: 'Your price',
    align: 'end',
    cell: ({ unitPrice }) =>
      unitPrice === null ? <span className="text-muted">none</span> : formatPrice(unitPrice, currency),
  },
  {
    name: 'Margin',
    align: 'end',
    from: 'sm',
    cell: (term) => <Margin {...term} currency={currency} />,
  },
  { name: 'Ordered', from: 'lg', cell: ({ orders }) => <Orders orders={orders} /> },
];

/** A subscription as a sequence of priced terms, the newest first: prices are for one unit. */
export const PricedTerms = ({ terms, currency }: { terms: readonly SubscriptionTerm[]; currency: string }) => (
  <DataTable
    caption="Priced terms"
    columns={columns(currency)}
    rows={terms.map((term) => ({ ...term, id: term.from }))}
  />
);
