import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { productColumns as columns, type ProductRow } from './product-row.ts';

/** Those of these ids that are there, locked: for whoever changes them, or something that belongs to them. */
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

/** What to call these products and how they are sold; not locked: for whoever only reads them. */
export const soldProducts = (
  transaction: Transaction,
  ids: readonly string[],
): Promise<Pick<ProductRow, 'id' | 'sku' | 'name' | 'unit' | 'pack_size'>[]> =>
  transaction.rows(sql`
    select p.id, p.sku, p.name, p.unit, p.pack_size from catalog.products p
    where p.id = any(${ids}::uuid[]) order by p.id`);
