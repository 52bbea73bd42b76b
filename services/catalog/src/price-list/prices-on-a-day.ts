import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Edge } from '../relation/graph.ts';
import { priceOf, type PriceOfProduct } from './bundle-price.ts';

interface Asked {
  priceListId: string;
  productIds: readonly string[];
  on: string;
}

export interface PricesOnADay {
  priceList: { name: string; currency: string };
  prices: ReadonlyMap<string, PriceOfProduct>;
}

const partsOf = (productIds: readonly string[]) => sql`
  with recursive parts as (
    select unnest(${productIds}::uuid[]) as id
    union select r.to_id from catalog.relations r join parts p on p.id = r.from_id where r.kind = 'bundles')`;

/** What many products cost by one list on a day; undefined where the list is not there. */
export const pricesOnADay = async (
  transaction: Transaction,
  { priceListId, productIds, on }: Asked,
): Promise<PricesOnADay | undefined> => {
  const priceList = await transaction.row(
    sql<PricesOnADay['priceList']>`select l.name, l.currency from catalog.price_lists l where l.id = ${priceListId}`,
  );
  if (priceList === undefined) return undefined;
  const bundles = await transaction.rows(sql<Edge>`
    ${partsOf(productIds)} select r.from_id as "from", r.to_id as "to", r.quantity from catalog.relations r
    where r.kind = 'bundles' and r.from_id in (select id from parts) order by r.from_id, r.to_id`);
  const rows = await transaction.rows(sql<{ id: string; validFrom: string; amountMinor: bigint | null }>`
    ${partsOf(productIds)} select distinct on (p.product_id) p.product_id as id, p.valid_from as "validFrom",
      p.amount_minor as "amountMinor"
    from catalog.prices p
    where p.price_list_id = ${priceListId} and p.product_id in (select id from parts) and p.valid_from <= ${on}::date
    order by p.product_id, p.valid_from desc`);
  // A row without an amount says that the list has no price any more.
  const prices = new Map(
    rows.flatMap(({ id, validFrom, amountMinor }) => (amountMinor === null ? [] : [[id, { amountMinor, validFrom }]])),
  );
  return {
    priceList,
    prices: new Map(productIds.map((id) => [id, priceOf(id, { prices, bundles })])),
  };
};
