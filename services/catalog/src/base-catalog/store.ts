import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { searchedWords } from '../product/words.ts';
import { baseColumns, type BaseRow } from './base-row.ts';

/** With the tenant's own product that stands on it. */
export interface OfferedRow extends BaseRow {
  product_id: string | null;
}

export interface BaseCatalogStore {
  /** Those that can be taken, or are. */
  page(scope: Scope, search: string | undefined, place: Place): Promise<OfferedRow[]>;
  byKey(scope: Scope, key: string): Promise<OfferedRow | undefined>;
}

const offered = sql`select ${baseColumns}, p.id as product_id
  from catalog.base_products b left join catalog.products p on p.base_key = b.key`;

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
  byKey: async (scope, key) => (await database.read(scope, sql<OfferedRow>`${offered} where b.key = ${key}`))[0],
});
