import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Edge } from '../relation/graph.ts';
import type { NewPrice, NewPriceList } from './contract.ts';

export interface PriceListRow {
  id: string;
  name: string;
  currency: string;
  version: number;
}

export interface PriceRow {
  price_list_id: string;
  product_id: string;
  valid_from: string;
  amount_minor: bigint | null;
}

export interface PriceListStore {
  all(scope: Scope): Promise<PriceListRow[]>;
  /** Every list; what a product is made of in the end; the price of each of these on that day; whether the product is there. */
  pricesOf(
    scope: Scope,
    product: { id: string; on: string },
  ): Promise<{ lists: PriceListRow[]; bundles: Edge[]; prices: PriceRow[]; isThere: boolean }>;
}

const columns = sql`l.id, l.name, l.currency, l.version`;
const allLists = sql<PriceListRow>`select ${columns} from catalog.price_lists l order by l.name_key`;

const partsOf = (productId: string) => sql`
  with recursive parts as (
    select ${productId}::uuid as id
    union select r.to_id from catalog.relations r join parts p on p.id = r.from_id where r.kind = 'bundles')`;

export const priceListStore = (database: TenantDatabase): PriceListStore => ({
  all: (scope) => database.read(scope, allLists),
  pricesOf: async (scope, { id, on }) => {
    const [lists, bundles, prices, found] = await database.readAll<[PriceListRow, Edge, PriceRow, { id: string }]>(
      scope,
      [
        allLists,
        sql<Edge>`${partsOf(id)} select r.from_id as "from", r.to_id as "to", r.quantity from catalog.relations r
        where r.kind = 'bundles' and r.from_id in (select id from parts)`,
        sql<PriceRow>`${partsOf(id)}
        select distinct on (p.price_list_id, p.product_id) p.price_list_id, p.product_id, p.valid_from, p.amount_minor
        from catalog.prices p where p.product_id in (select id from parts) and p.valid_from <= ${on}::date
        order by p.price_list_id, p.product_id, p.valid_from desc`,
        sql<{ id: string }>`select p.id from catalog.products p where p.id = ${id}`,
      ],
    );
    return { lists, bundles, prices, isThere: found.length === 1 };
  },
});

export const lockPriceList = (transaction: Transaction, id: string): Promise<PriceListRow | undefined> =>
  transaction.row(sql<PriceListRow>`select ${columns} from catalog.price_lists l where l.id = ${id} for update`);

export const insertPriceList = (
  transaction: Transaction,
  scope: Scope,
  { name, currency }: NewPriceList,
): Promise<PriceListRow> =>
  transaction.one(sql<PriceListRow>`
    insert into catalog.price_lists as l (tenant_id, name, currency) values (${scope.tenantId}, ${name}, ${currency})
    returning ${columns}`);

export const deletePriceList = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.price_lists where id = ${id}`);

const priceColumns = sql`p.price_list_id, p.product_id, p.valid_from, p.amount_minor`;

export const priceFrom = (
  transaction: Transaction,
  { priceListId, productId, validFrom }: NewPrice & { priceListId: string },
): Promise<PriceRow | undefined> =>
  transaction.row(sql<PriceRow>`
    select ${priceColumns} from catalog.prices p
    where p.price_list_id = ${priceListId} and p.product_id = ${productId} and p.valid_from = ${validFrom}::date`);

export const upsertPrice = (
  transaction: Transaction,
  scope: Scope,
  { priceListId, productId, validFrom, amountMinor }: NewPrice & { priceListId: string },
): Promise<PriceRow> =>
  transaction.one(sql<PriceRow>`
    insert into catalog.prices as p (tenant_id, price_list_id, product_id, valid_from, amount_minor)
    values (${scope.tenantId}, ${priceListId}, ${productId}, ${validFrom}, ${amountMinor})
    on conflict (tenant_id, product_id, price_list_id, valid_from) do update set amount_minor = excluded.amount_minor
    returning ${priceColumns}`);
