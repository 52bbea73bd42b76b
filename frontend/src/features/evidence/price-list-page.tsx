import type { ListedPrice, Pax8PriceList } from '@legendops/billing/evidence/contract';
import { useQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { BackLink } from '../../components/back-link.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { formatDate, formatPeriod } from '../../lib/calendar.ts';
import { formatPrice, formatQuantity } from '../../lib/money.ts';
import { priceListOf } from '../../lib/queries/evidence.ts';
import type { PageProps } from '../../lib/router/addresses.ts';
import { Margin } from './margin.tsx';

/** What Pax8 asks for a product, since when, and what the price for every customer leaves above it. */
export const PriceListPage = ({ params: { productId } }: PageProps<'/prices/$productId'>) => (
  <PageView query={useQuery(priceListOf(productId))} title="Price list of Pax8">
    {(list) => (
      <Page
        title={`Pax8’s prices of ${list.productName || 'a product'}`}
        about={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <BackLink to="/prices">Back to prices</BackLink>
            For one unit, in {list.currency}. Your price is that of the rule for every customer, today or on the last
            day on which Pax8 had the price.
          </span>
        }
      >
        {list.data.length === 0 ? <NoPrices /> : <PriceTable list={list} />}
      </Page>
    )}
  </PageView>
);

type Row = Omit<ListedPrice, 'rates'> & ListedPrice['rates'][number] & { id: string };

// A price has no id at Pax8: it is known by what it is for and by its days.
const rowsOf = ({ data }: Pax8PriceList): Row[] =>
  data.flatMap(({ rates, ...price }, index) =>
    rates.map((rate, place) => ({ ...price, ...rate, id: `${index} ${place}` })),
  );

const quantityWords = ({ fromQuantity, toQuantity }: Row): string => {
  if (fromQuantity === null && toQuantity === null) return 'Any';
  const first = fromQuantity === null ? '' : formatQuantity(fromQuantity);
  return toQuantity === null ? `from ${first}` : `${first || 'up'} to ${formatQuantity(toQuantity)}`;
};

const columns = (currency: string): Column<Row>[] => [
  {
    name: 'Term',
    cell: ({ billingTerm, commitmentTerm, unitOfMeasurement, from, to }) => (
      <>
        <span className="font-medium">{billingTerm}</span>
        <span className="block text-caption text-muted">
          {[...(commitmentTerm === null ? [] : [`committed ${commitmentTerm}`]), unitOfMeasurement ?? '']
            .filter(Boolean)
            .join(', ')}
        </span>
        <span className="block text-caption text-muted sm:hidden">{daysOf({ from, to })}</span>
      </>
    ),
  },
  { name: 'Listed', from: 'sm', cell: ({ from, to }) => daysOf({ from, to }) },
  {
    name: 'Quantity',
    from: 'md',
    cell: (row) => (
      <>
        {quantityWords(row)}
        {row.chargeType === 'Flat Rate' && <span className="block text-caption text-muted">once for all</span>}
      </>
    ),
  },
  { name: 'Cost', align: 'end', cell: ({ cost }) => formatPrice(cost, currency) },
  {
    name: 'Suggested',
    align: 'end',
    from: 'lg',
    cell: ({ suggestedPrice }) => suggestedPrice !== null && formatPrice(suggestedPrice, currency),
  },
  {
    name: 'Your price',
    align: 'end',
    cell: ({ unitPrice }) =>
      unitPrice === null ? <span className="text-muted">none</span> : formatPrice(unitPrice, currency),
  },
  { name: 'Margin', align: 'end', from: 'sm', cell: (row) => <Margin {...row} currency={currency} /> },
];

const daysOf = ({ from, to }: Pick<Row, 'from' | 'to'>): string =>
  to === null ? `Since ${formatDate(from)}` : formatPeriod(from, to);

const PriceTable = ({ list }: { list: Pax8PriceList }) => (
  <DataTable caption="Price list of Pax8" columns={columns(list.currency)} rows={rowsOf(list)} />
);

const NoPrices = () => (
  <EmptyState icon={Tags} title="No prices of Pax8 yet">
    Pax8’s prices of what customers have are read every night.
  </EmptyState>
);
