import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { productColumns as columns, type ProductRow } from './product-row.ts';

/** Those of these ids that are there, locked: for whoever changes them, or something that belongs to them. */
export const productsById = (transaction: Transaction, ids: readonly string[]): Promise<ProductRow[]> =>
  transaction.rows(
    sql<ProductRow>`select ${columns} from catalog.products p where p.id = any(${ids}::uuid[]) order by p.id for update`,
  );

/** Those that a change of many has to reckon with: of these SKUs, whatever the case of their letters, or with their numbers. */
export const productsLike = (
  transaction: Transaction,
  { skus, mpns, gtins }: { skus: readonly string[]; mpns: readonly string[]; gtins: readonly string[] },
): Promise<ProductRow[]> =>
  transaction.rows(sql<ProductRow>`
    select ${columns} from catalog.products p
    where p.sku_key in (select lower(s) from unnest(${skus}::text[]) s) or p.mpn_key = any(${mpns}::text[]) or p.gtin = any(${gtins}::text[])
      or p.mpn_key in (select q.mpn_key from catalog.products q where q.sku = any(${skus}::text[]) and q.mpn <> '')
    order by p.id for update`);

/** Refuses a SKU that another product has, though in letters of another case. */
export const refuseLikeSku = async (
  transaction: Transaction,
  { sku, ofId = null }: { sku: string; ofId?: string | null },
): Promise<void> => {
  const other = await transaction.row(sql<{ sku: string }>`
    select p.sku from catalog.products p where p.sku_key = lower(${sku}) and p.id is distinct from ${ofId} order by p.sku limit 1`);
  if (other !== undefined) throw problem('product.sku-taken', { detail: `It is written ${other.sku} there` });
};

/** What to call these products and how they are sold; not locked: for whoever only reads them. */
export const soldProducts = (
  transaction: Transaction,
  ids: readonly string[],
): Promise<Pick<ProductRow, 'id' | 'sku' | 'name' | 'unit' | 'pack_size'>[]> =>
  transaction.rows(sql`
    select p.id, p.sku, p.name, p.unit, p.pack_size from catalog.products p
    where p.id = any(${ids}::uuid[]) order by p.id`);
