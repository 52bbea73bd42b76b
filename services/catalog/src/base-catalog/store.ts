import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { searchedWords } from '../product/words.ts';
import { baseColumns, type BaseRow } from './base-row.ts';

/** With the tenant's own product that stands on it, and one that could. */
export interface OfferedRow extends BaseRow {
  product_id: string | null;
  like_product_id: string | null;
}

export interface BaseCatalogStore {
  /** Those that can be taken, or are. */
  page(scope: Scope, search: string | undefined, place: Place): Promise<OfferedRow[]>;
  byKey(scope: Scope, key: string): Promise<OfferedRow | undefined>;
  /** Those that are offered and could be what this own product stands on; undefined where there is no such product. */
  like(scope: Scope, productId: string): Promise<OfferedRow[] | undefined>;
}

const offered = sql`select ${baseColumns}, p.id as product_id, l.id as like_product_id
  from catalog.base_products b left join catalog.products p on p.base_key = b.key
  left join catalog.products l on b.mpn <> '' and l.mpn <> '' and l.base_key is null and p.id is null
    and l.manufacturer_key = lower(b.manufacturer) and l.mpn_key = lower(b.mpn)`;

// Words are letters and digits alone: nothing in them means something to LIKE. Every row is looked at: there are thousands, not millions.
const has = (search: string): Sql => {
  const beginnings = searchedWords(search).map((word) => `% ${word}%`);
  return sql`b.words like all(${beginnings}::text[])`;
};

export const baseCatalogStore = (database: TenantDatabase): BaseCatalogStore => ({
  page: (scope, search, { after, limit }) => {
    const from = after === undefined ? sql`true` : sql`b.key > ${after[0]}`;
    const found = search === undefined ? sql`true` : has(search);
    return database.read(
      scope,
      sql<OfferedRow>`${offered} where ${from} and ${found} and (b.retired_at is null or p.id is not null)
        order by b.key ${pageRows(limit)}`,
    );
  },
  like: async (scope, productId) => {
    const [products, rows] = await database.readAll<[{ id: string }, OfferedRow]>(scope, [
      sql<{ id: string }>`select p.id from catalog.products p where p.id = ${productId}`,
      sql<OfferedRow>`${offered} where l.id = ${productId} and b.retired_at is null order by b.key limit 1`,
    ]);
    return products.length === 0 ? undefined : rows;
  },
  byKey: async (scope, key) => (await database.read(scope, sql<OfferedRow>`${offered} where b.key = ${key}`))[0],
});
