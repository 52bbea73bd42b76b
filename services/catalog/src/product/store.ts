import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { ProductFilter } from '../contract.ts';
import { filtered } from './product-filter.ts';
import { productColumns as columns, type ProductRow } from './product-row.ts';

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
