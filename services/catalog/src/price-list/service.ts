import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, removed } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { productsById } from '../product/known-products.ts';
import { priceOf } from './bundle-price.ts';
import type { NewPrice, NewPriceList, Price, PriceList, ProductPrice } from './contract.ts';
import {
  deletePriceList,
  insertPriceList,
  lockPriceList,
  priceFrom,
  upsertPrice,
  type PriceListRow,
  type PriceListStore,
  type PriceRow,
} from './store.ts';

export interface PriceListService {
  all(scope: Scope): Promise<PriceList[]>;
  create(transaction: Transaction, scope: ActingScope<'price-list.created'>, wanted: NewPriceList): Promise<PriceList>;
  /** With all its prices. */
  remove(scope: ActingScope<'price-list.removed'>, id: string, version: number): Promise<void>;
  set(scope: ActingScope<'price.set'>, wanted: NewPrice & { priceListId: string }): Promise<Price>;
  /** By every list, on a day. */
  of(scope: Scope, product: { id: string; on: string }): Promise<ProductPrice[]>;
}

const present = ({ id, name, currency, version }: PriceListRow): PriceList => ({ id, name, currency, version });

const presentPrice = (row: PriceRow): Price => ({
  priceListId: row.price_list_id,
  productId: row.product_id,
  validFrom: row.valid_from,
  amountMinor: row.amount_minor?.toString() ?? null,
});

const subjectOf = ({ id, name }: PriceListRow) => ({ type: 'price-list', id, name });

const knownRefusal = (error: unknown): never => {
  if (constraintOf(error) === 'price_lists_name') throw problem('price-list.name-taken');
  throw error;
};

// A row without an amount says that the list has no price any more.
const pricesIn = (rows: readonly PriceRow[], list: PriceListRow) =>
  new Map(
    rows.flatMap(({ price_list_id, product_id, valid_from: validFrom, amount_minor: amountMinor }) =>
      price_list_id === list.id && amountMinor !== null ? [[product_id, { amountMinor, validFrom }] as const] : [],
    ),
  );

export const priceListService = (store: PriceListStore, database: TenantDatabase): PriceListService => ({
  all: async (scope) => (await store.all(scope)).map(present),
  create: async (transaction, scope, wanted) => {
    const row = await insertPriceList(transaction, scope, wanted).catch(knownRefusal);
    await scope.audit(transaction, {
      act: 'price-list.created',
      subject: subjectOf(row),
      changes: created({ ...wanted }),
    });
    return present(row);
  },
  remove: (scope, id, version) =>
    database.write(scope, async (transaction) => {
      const row = asSeen(await lockPriceList(transaction, id), version, 'price-list.not-found');
      await deletePriceList(transaction, id);
      const changes = removed({ name: row.name, currency: row.currency });
      await scope.audit(transaction, { act: 'price-list.removed', subject: subjectOf(row), changes });
    }),
  set: (scope, wanted) =>
    database.write(scope, async (transaction) => {
      const list = await lockPriceList(transaction, wanted.priceListId);
      if (list === undefined) throw problem('price-list.not-found');
      const [product] = await productsById(transaction, [wanted.productId]);
      if (product === undefined) throw problem('product.not-found');
      const before = await priceFrom(transaction, wanted);
      const row = await upsertPrice(transaction, scope, wanted);
      const said = (price: PriceRow | undefined) => price?.amount_minor?.toString() ?? null;
      await scope.audit(transaction, {
        act: 'price.set',
        subject: { type: 'product', id: product.id, name: product.name },
        changes: [
          ...created({ priceList: list.name, validFrom: wanted.validFrom }),
          { field: `amountMinor (${list.currency})`, before: said(before), after: said(row) },
        ],
      });
      return presentPrice(row);
    }),
  of: async (scope, product) => {
    const { lists, bundles, prices, isThere } = await store.pricesOf(scope, product);
    if (!isThere) throw problem('product.not-found');
    return lists.map((list) => {
      const price = priceOf(product.id, { prices: pricesIn(prices, list), bundles });
      return {
        priceList: present(list),
        origin: price.origin,
        amountMinor: price.origin === 'none' ? null : price.amountMinor.toString(),
        validFrom: price.origin === 'own' ? price.validFrom : null,
      };
    });
  },
});
