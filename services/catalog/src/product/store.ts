import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { NewProduct, ProductFilter } from '../contract.ts';
import { filtered } from './product-filter.ts';
import type { ProductRow } from './product-row.ts';
import { wordsOf } from './words.ts';

interface FacetRow {
  value: string;
  count: number;
}

export interface ProductStore {
  page(scope: Scope, filter: ProductFilter, place: Place): Promise<ProductRow[]>;
  byId(scope: Scope, id: string): Promise<ProductRow | undefined>;
  /** Of kinds, lifecycles, manufacturers and categories. */
  facets(scope: Scope, filter: ProductFilter): Promise<[FacetRow[], FacetRow[], FacetRow[], FacetRow[]]>;
  all(scope: Scope): Promise<ProductRow[]>;
}

const columns = sql`p.id, p.kind, p.sku, p.name, p.description, p.manufacturer, p.mpn, p.gtin, p.unspsc, p.category_id,
  p.lifecycle, p.unit, p.pack_size, p.is_published, p.version, p.created_at, p.updated_at`;

const facet = (value: Sql, condition: Sql): Sql<FacetRow> => sql<FacetRow>`
  select ${value} as value, count(*)::int as count from catalog.products p
  where ${value} <> '' and ${condition} group by 1 order by 2 desc, 1 limit 50`;

export const productStore = (database: TenantDatabase): ProductStore => ({
  page: (scope, filter, { after, limit }) => {
    const from = after === undefined ? sql`true` : sql`(p.created_at, p.id) < (${after[0]}, ${after[1]})`;
    return database.read(
      scope,
      sql<ProductRow>`select ${columns} from catalog.products p where ${from} and ${filtered(filter)}
        order by p.created_at desc, p.id desc ${pageRows(limit)}`,
    );
  },
  byId: async (scope, id) =>
    (await database.read(scope, sql<ProductRow>`select ${columns} from catalog.products p where p.id = ${id}`))[0],
  facets: (scope, filter) =>
    database.readAll<[FacetRow, FacetRow, FacetRow, FacetRow]>(scope, [
      facet(sql`p.kind`, filtered(filter, 'kind')),
      facet(sql`p.lifecycle`, filtered(filter, 'lifecycle')),
      facet(sql`p.manufacturer`, filtered(filter, 'manufacturer')),
      facet(sql`p.category_id::text`, filtered(filter, 'categoryId')),
    ]),
  all: (scope) => database.read(scope, sql<ProductRow>`select ${columns} from catalog.products p order by p.sku, p.id`),
});

export const productsById = (transaction: Transaction, ids: readonly string[]): Promise<ProductRow[]> =>
  transaction.rows(
    sql<ProductRow>`select ${columns} from catalog.products p where p.id = any(${ids}::uuid[]) order by p.id for update`,
  );

/** Those that a change of many has to reckon with: of these SKUs, or with their numbers. */
export const productsLike = (
  transaction: Transaction,
  { skus, mpns, gtins }: { skus: readonly string[]; mpns: readonly string[]; gtins: readonly string[] },
): Promise<ProductRow[]> =>
  transaction.rows(sql<ProductRow>`
    select ${columns} from catalog.products p
    where p.sku = any(${skus}::text[]) or p.mpn_key = any(${mpns}::text[]) or p.gtin = any(${gtins}::text[])
      or p.mpn_key in (select q.mpn_key from catalog.products q where q.sku = any(${skus}::text[]) and q.mpn <> '')
    order by p.id for update`);

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
