import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences, removed } from '@legendops/kit/audit/differences';
import type { AuditChange } from '@legendops/kit/contract/audit-payload';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { BulkChange, NewProduct, Product, ProductChange, ProductFacets, ProductFilter } from '../contract.ts';
import { ownFieldsAfter } from './base-fields.ts';
import { knownRefusal } from './known-refusal.ts';
import { filterName } from './product-filter.ts';
import { contentFields, contentOf, present, withChange, type ProductRow } from './product-row.ts';
import { productsById, refuseLikeSku } from './known-products.ts';
import type { ProductStore } from './store.ts';
import { deleteProduct, insertProduct, updateProduct, updateProducts } from './write-product.ts';

type Query = ProductFilter & { limit: number; cursor?: string | undefined };

export interface ProductService {
  page(scope: Scope, query: Query): Promise<Page<Product>>;
  facets(scope: Scope, filter: ProductFilter): Promise<ProductFacets>;
  get(scope: Scope, id: string): Promise<Product>;
  /** All of them, by SKU. */
  all(scope: Scope): Promise<NewProduct[]>;
  create(transaction: Transaction, scope: ActingScope<'product.created'>, wanted: NewProduct): Promise<Product>;
  change(scope: ActingScope<'product.changed'>, id: string, version: number, wanted: ProductChange): Promise<Product>;
  /** Of all of them or of none: one id that is not there refuses them all, and does not say which it is. */
  changeMany(
    transaction: Transaction,
    scope: ActingScope<'product.changed'>,
    wanted: BulkChange,
  ): Promise<{ changed: number }>;
  remove(scope: ActingScope<'product.removed'>, id: string, version: number): Promise<void>;
}

const subjectOf = ({ id, name }: ProductRow) => ({ type: 'product', id, name });

const lockVersion = async (transaction: Transaction, id: string, version: number): Promise<ProductRow> =>
  asSeen((await productsById(transaction, [id]))[0], version, 'product.not-found');

const changesOf = (before: NewProduct, after: NewProduct): AuditChange[] => differences(before, after, contentFields);

export const productService = (store: ProductStore, database: TenantDatabase): ProductService => ({
  page: (scope, { limit, cursor, ...filter }) =>
    listPage(
      { limit, cursor },
      {
        list: `products${filterName(filter)}`,
        by: ['instant', 'id'],
        read: (place) => store.page(scope, filter, place),
        keys: (row) => [row.created_at, row.id],
        present,
      },
    ),
  facets: async (scope, filter) => {
    const [kinds, lifecycles, manufacturers, categories] = await store.facets(scope, filter);
    return { kinds, lifecycles, manufacturers, categories };
  },
  get: async (scope, id) => {
    const row = await store.byId(scope, id);
    if (!row) throw problem('product.not-found');
    return present(row);
  },
  all: async (scope) => (await store.all(scope)).map(contentOf),
  create: async (transaction, scope, wanted) => {
    await refuseLikeSku(transaction, wanted);
    const row = await insertProduct(transaction, scope, wanted).catch(knownRefusal);
    await scope.audit(transaction, {
      act: 'product.created',
      subject: subjectOf(row),
      changes: created(contentOf(row)),
    });
    return present(row);
  },
  change: (scope, id, version, wanted) =>
    database.write(scope, async (transaction) => {
      const before = await lockVersion(transaction, id, version);
      const product = withChange(contentOf(before), wanted);
      if (product.sku !== before.sku) await refuseLikeSku(transaction, { sku: product.sku, ofId: id });
      const row = await updateProduct(transaction, scope, {
        id,
        product,
        ownFields: ownFieldsAfter(before, product),
      }).catch(knownRefusal);
      const changes = changesOf(contentOf(before), product);
      if (changes.length > 0)
        await scope.audit(transaction, { act: 'product.changed', subject: subjectOf(row), changes });
      return present(row);
    }),
  changeMany: async (transaction, scope, { ids, change }) => {
    const wanted = [...new Set(ids)];
    const rows = await productsById(transaction, wanted);
    if (rows.length !== wanted.length) throw problem('product.not-found', { detail: 'Not all of these are there' });
    const differing = rows
      .map((row) => ({ row, product: withChange(contentOf(row), change) }))
      .map((one) => ({ ...one, changes: changesOf(contentOf(one.row), one.product) }))
      .filter(({ changes }) => changes.length > 0);
    await updateProducts(
      transaction,
      scope,
      differing.map(({ row, product }) => ({ id: row.id, product, ownFields: ownFieldsAfter(row, product) })),
    ).catch(knownRefusal);
    await scope.audit(
      transaction,
      ...differing.map(({ row, changes }) => ({ act: 'product.changed' as const, subject: subjectOf(row), changes })),
    );
    return { changed: differing.length };
  },
  remove: (scope, id, version) =>
    database.write(scope, async (transaction) => {
      const row = await lockVersion(transaction, id, version);
      await deleteProduct(transaction, id).catch(knownRefusal);
      const changes = removed(contentOf(row));
      await scope.audit(transaction, { act: 'product.removed', subject: subjectOf(row), changes });
    }),
});
