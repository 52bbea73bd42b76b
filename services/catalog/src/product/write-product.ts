import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { NewProduct } from '../contract.ts';
import { productColumns as columns, type ProductRow } from './product-row.ts';
import { wordsOf } from './words.ts';

const fileWords = async (transaction: Transaction, scope: Scope, id: string, product: NewProduct): Promise<void> => {
  const words = wordsOf(product);
  await transaction.change(
    sql`delete from catalog.product_words where product_id = ${id} and word <> all(${words}::text[])`,
  );
  await transaction.change(sql`
    insert into catalog.product_words (tenant_id, word, product_id)
    select ${scope.tenantId}, word, ${id} from unnest(${words}::text[]) word on conflict do nothing`);
};

export const insertProduct = async (
  transaction: Transaction,
  scope: Scope,
  product: NewProduct,
): Promise<ProductRow> => {
  const row = await transaction.one(sql<ProductRow>`
    insert into catalog.products as p (tenant_id, kind, sku, name, description, manufacturer, mpn, gtin, unspsc, category_id,
      lifecycle, unit, pack_size, is_published)
    values (${scope.tenantId}, ${product.kind}, ${product.sku}, ${product.name}, ${product.description},
      ${product.manufacturer}, ${product.mpn}, ${product.gtin}, ${product.unspsc}, ${product.categoryId},
      ${product.lifecycle}, ${product.unit}, ${product.packSize}, ${product.isPublished})
    returning ${columns}`);
  await fileWords(transaction, scope, row.id, product);
  return row;
};

export const updateProduct = async (
  transaction: Transaction,
  scope: Scope,
  { id, product }: { id: string; product: NewProduct },
): Promise<ProductRow> => {
  const row = await transaction.one(sql<ProductRow>`
    update catalog.products as p set kind = ${product.kind}, sku = ${product.sku}, name = ${product.name},
      description = ${product.description}, manufacturer = ${product.manufacturer}, mpn = ${product.mpn},
      gtin = ${product.gtin}, unspsc = ${product.unspsc}, category_id = ${product.categoryId},
      lifecycle = ${product.lifecycle}, unit = ${product.unit}, pack_size = ${product.packSize},
      is_published = ${product.isPublished}
    where p.id = ${id} returning ${columns}`);
  await fileWords(transaction, scope, id, product);
  return row;
};

/** Lets go of their part numbers and GTINs, which are about to be given anew: two products may change theirs with each other. */
export const releaseNumbers = (transaction: Transaction, ids: readonly string[]): Promise<number> =>
  transaction.change(
    sql`update catalog.products set mpn = '', gtin = null where id = any(${ids}::uuid[]) and (mpn <> '' or gtin is not null)`,
  );

export const deleteProduct = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.products where id = ${id}`);
