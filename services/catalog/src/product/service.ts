import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences, removed } from '@legendops/kit/audit/differences';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { constraintOf } from '@legendops/kit/db/database-error';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { NewProduct, Product, ProductChange } from '../contract.ts';
import {
  deleteProduct,
  insertProduct,
  lockProduct,
  updateProduct,
  type ProductRow,
  type ProductStore,
} from './store.ts';

export interface ProductService {
  page(scope: Scope, query: { limit: number; cursor?: string | undefined }): Promise<Page<Product>>;
  get(scope: Scope, id: string): Promise<Product>;
  create(transaction: Transaction, scope: ActingScope<'product.created'>, wanted: NewProduct): Promise<Product>;
  change(scope: ActingScope<'product.changed'>, id: string, version: number, wanted: ProductChange): Promise<Product>;
  remove(scope: ActingScope<'product.removed'>, id: string, version: number): Promise<void>;
}

const present = (row: ProductRow): Product => ({
  id: row.id,
  sku: row.sku,
  name: row.name,
  manufacturer: row.manufacturer,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const subjectOf = ({ id, name }: ProductRow) => ({ type: 'product', id, name });

const told = ({ sku, name, manufacturer }: ProductRow) => ({ sku, name, manufacturer });

const knownRefusal = (error: unknown): never => {
  if (constraintOf(error) === 'products_sku') throw problem('product.sku-taken');
  throw error;
};

const lockVersion = async (transaction: Transaction, id: string, version: number): Promise<ProductRow> =>
  asSeen(await lockProduct(transaction, id), version, 'product.not-found');

export const productService = (store: ProductStore, database: TenantDatabase): ProductService => ({
  page: (scope, query) =>
    listPage(query, {
      list: 'products',
      by: ['instant', 'id'],
      read: (place) => store.page(scope, place),
      keys: (row) => [row.created_at, row.id],
      present,
    }),
  get: async (scope, id) => {
    const row = await store.byId(scope, id);
    if (!row) throw problem('product.not-found');
    return present(row);
  },
  create: async (transaction, scope, wanted) => {
    const row = await insertProduct(transaction, scope, wanted).catch(knownRefusal);
    await scope.audit(transaction, { act: 'product.created', subject: subjectOf(row), changes: created(told(row)) });
    return present(row);
  },
  change: (scope, id, version, wanted) =>
    database.write(scope, async (transaction) => {
      const before = await lockVersion(transaction, id, version);
      const after = {
        sku: wanted.sku ?? before.sku,
        name: wanted.name ?? before.name,
        manufacturer: wanted.manufacturer ?? before.manufacturer,
      };
      const row = await updateProduct(transaction, id, after).catch(knownRefusal);
      const changes = differences(before, row, ['sku', 'name', 'manufacturer']);
      if (changes.length > 0)
        await scope.audit(transaction, { act: 'product.changed', subject: subjectOf(row), changes });
      return present(row);
    }),
  remove: (scope, id, version) =>
    database.write(scope, async (transaction) => {
      const row = await lockVersion(transaction, id, version);
      await deleteProduct(transaction, id);
      await scope.audit(transaction, { act: 'product.removed', subject: subjectOf(row), changes: removed(told(row)) });
    }),
});
