import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { BaseField, NewProduct } from '../contract.ts';
import { contentOf, productColumns as columns, type ProductRow } from './product-row.ts';
import { wordsOf } from './words.ts';

/** A product as it is to be, of which the id says which one it is. */
interface Identified {
  id: string;
  product: NewProduct;
}

/** With which of its fields are its own and no longer follow the base catalog. */
export interface WrittenProduct extends Identified {
  ownFields: readonly BaseField[];
}

/** A new one, on a product of the base catalog where it says on which. */
type InsertedProduct = NewProduct & { baseKey?: string };

const fileWords = (transaction: Transaction, scope: Scope, products: readonly Identified[]): Promise<number> => {
  const words = products.map(({ id, product }) => ({ id, words: wordsOf(product) }));
  return transaction.change(sql`
    insert into catalog.product_words (tenant_id, word, product_id)
    select ${scope.tenantId}, word, n.id
    from jsonb_to_recordset(${jsonValue(words)}::jsonb) n (id uuid, words text[]) cross join unnest(n.words) word`);
};

const said = sql`kind text, sku text, name text, description text, manufacturer text, mpn text, gtin text, unspsc text,
  "categoryId" uuid, lifecycle text, unit text, "packSize" integer, "isPublished" boolean`;

/** Many in one statement: a file of them would take as many round trips as it has rows. */
export const insertProducts = async (
  transaction: Transaction,
  scope: Scope,
  products: readonly InsertedProduct[],
): Promise<ProductRow[]> => {
  if (products.length === 0) return [];
  const rows = await transaction.rows(sql<ProductRow>`
    insert into catalog.products as p (tenant_id, kind, sku, name, description, manufacturer, mpn, gtin, unspsc, category_id,
      lifecycle, unit, pack_size, is_published, base_key)
    select ${scope.tenantId}, n.kind, n.sku, n.name, n.description, n.manufacturer, n.mpn, n.gtin, n.unspsc, n."categoryId",
      n.lifecycle, n.unit, n."packSize", n."isPublished", n."baseKey"
    from jsonb_to_recordset(${jsonValue(products)}::jsonb) n (${said}, "baseKey" text)
    returning ${columns}`);
  await fileWords(
    transaction,
    scope,
    rows.map((row) => ({ id: row.id, product: contentOf(row) })),
  );
  return rows;
};

export const updateProducts = async (
  transaction: Transaction,
  scope: Scope,
  products: readonly WrittenProduct[],
): Promise<ProductRow[]> => {
  if (products.length === 0) return [];
  const wanted = products.map(({ id, product, ownFields }) => ({ ...product, id, ownFields }));
  const rows = await transaction.rows(sql<ProductRow>`
    update catalog.products as p set kind = n.kind, sku = n.sku, name = n.name, description = n.description,
      manufacturer = n.manufacturer, mpn = n.mpn, gtin = n.gtin, unspsc = n.unspsc, category_id = n."categoryId",
      lifecycle = n.lifecycle, unit = n.unit, pack_size = n."packSize", is_published = n."isPublished", own_fields = n."ownFields"
    from jsonb_to_recordset(${jsonValue(wanted)}::jsonb) n (id uuid, ${said}, "ownFields" text[])
    where p.id = n.id returning ${columns}`);
  if (rows.length !== products.length) throw new Error('A product that was locked is not there');
  const ids = products.map(({ id }) => id);
  await transaction.change(sql`delete from catalog.product_words where product_id = any(${ids}::uuid[])`);
  await fileWords(transaction, scope, products);
  return rows;
};

const only = (rows: readonly ProductRow[]): ProductRow => {
  const [row] = rows;
  if (row === undefined) throw new Error('One product was written, and none came back');
  return row;
};

export const insertProduct = async (transaction: Transaction, scope: Scope, product: NewProduct): Promise<ProductRow> =>
  only(await insertProducts(transaction, scope, [product]));

export const updateProduct = async (
  transaction: Transaction,
  scope: Scope,
  product: WrittenProduct,
): Promise<ProductRow> => only(await updateProducts(transaction, scope, [product]));

/** What it stands on, and which of its fields are its own; the product itself stays as it is. */
export const standProduct = async (
  transaction: Transaction,
  { id, baseKey, ownFields }: { id: string; baseKey: string | null; ownFields: readonly BaseField[] },
): Promise<ProductRow> =>
  only(
    await transaction.rows(sql<ProductRow>`
      update catalog.products as p set base_key = ${baseKey}, own_fields = ${ownFields} where p.id = ${id} returning ${columns}`),
  );

/** Lets go of their part numbers and GTINs, which are about to be given anew: two products may change theirs with each other. */
export const releaseNumbers = (transaction: Transaction, ids: readonly string[]): Promise<number> =>
  transaction.change(
    sql`update catalog.products set mpn = '', gtin = null where id = any(${ids}::uuid[]) and (mpn <> '' or gtin is not null)`,
  );

export const deleteProduct = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.products where id = ${id}`);
