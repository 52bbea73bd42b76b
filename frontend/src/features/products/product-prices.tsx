import type { Product } from '@legendops/catalog/contract';
import type { ProductPrice } from '@legendops/catalog/price-list/contract';
import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { pricesOf } from '../../lib/queries/catalog.ts';
import { useMay } from '../../lib/session.ts';
import { NewPriceListButton } from './new-price-list.tsx';
import { AddPriceButton } from './add-price.tsx';

/** What a product costs today by each price list. */
export const ProductPrices = ({ product }: { product: Product }) => {
  const mayWrite = useMay('price-list.write');
  return (
    <Section
      title="Prices today"
      about="A bundle without a price of its own costs what its parts do."
      actions={
        mayWrite && (
          <span className="flex flex-wrap gap-2">
            <NewPriceListButton />
            <AddPriceButton product={product} />
          </span>
        )
      }
    >
      <QueryView query={useQuery(pricesOf(product.id))}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-muted">There is no price list yet.</p>
          ) : (
            <DataTable
              caption="Prices today"
              columns={columns}
              rows={data.map((price) => ({ ...price, id: price.priceList.id }))}
            />
          )
        }
      </QueryView>
    </Section>
  );
};

const originWords = ({ origin, validFrom }: ProductPrice): string => {
  if (origin === 'own') return validFrom === null ? '' : `Since ${formatDate(validFrom)}`;
  return origin === 'sum' ? 'The sum of its parts' : 'It, or a part of it, is not on this list';
};

const columns: Column<ProductPrice & { id: string }>[] = [
  { name: 'Price list', cell: ({ priceList }) => priceList.name },
  { name: 'Because', from: 'sm', cell: (price) => <span className="text-muted">{originWords(price)}</span> },
  {
    name: 'Price a unit',
    align: 'end',
    cell: ({ amountMinor, priceList: { currency } }) =>
      amountMinor === null ? <span className="text-muted">No price</span> : formatMoney(amountMinor, currency),
  },
];
