import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { NewProduct } from '../contract.ts';

export interface ProductRow {
  id: string;
  sku: string;
  name: string;
  manufacturer: string;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface ProductStore {
  page(scope: Scope, place: Place): Promise<ProductRow[]>;
  byId(scope: Scope, id: string): Promise<ProductRow | undefined>;
}

const columns = sql`id, sku, name, manufacturer, version, created_at, updated_at`;

export const productStore = (database: TenantDatabase): ProductStore => ({
  page: (scope, { after, limit }) =>
    database.read(
      scope,
      after
        ? sql<ProductRow>`select ${columns} from catalog.products where (created_at, id) < (${after[0]}, ${after[1]})
            order by created_at desc, id desc ${pageRows(limit)}`
        : sql<ProductRow>`select ${columns} from catalog.products order by created_at desc, id desc ${pageRows(limit)}`,
    ),
  byId: async (scope, id) =>
    (await database.read(scope, sql<ProductRow>`select ${columns} from catalog.products where id = ${id}`))[0],
});

export const insertProduct = (
  transaction: Transaction,
  scope: Scope,
  { sku, name, manufacturer }: NewProduct,
): Promise<ProductRow> =>
  transaction.one(sql<ProductRow>`
    insert into catalog.products (tenant_id, sku, name, manufacturer)
    values (${scope.tenantId}, ${sku}, ${name}, ${manufacturer}) returning ${columns}`);

export const lockProduct = (transaction: Transaction, id: string): Promise<ProductRow | undefined> =>
  transaction.row(sql<ProductRow>`select ${columns} from catalog.products where id = ${id} for update`);

export const updateProduct = (
  transaction: Transaction,
  id: string,
  { sku, name, manufacturer }: NewProduct,
): Promise<ProductRow> =>
  transaction.one(sql<ProductRow>`
    update catalog.products set sku = ${sku}, name = ${name}, manufacturer = ${manufacturer}
    where id = ${id} returning ${columns}`);

export const deleteProduct = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.products where id = ${id}`);
