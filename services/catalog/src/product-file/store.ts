import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { MediaRow } from '../media/media-row.ts';
import type { ShownFileKind } from './contract.ts';

export interface ProductFileRow {
  id: string;
  product_id: string;
  media_id: string;
  kind: ShownFileKind;
  position: number;
  name: string;
  created_at: string;
}

/** A file with what its media are. */
export type ShownFileRow = ProductFileRow & Omit<MediaRow, 'id' | 'created_at'>;

export interface ProductFileStore {
  /** Undefined where there is no such product to be seen. */
  of(scope: Scope, productId: string): Promise<ShownFileRow[] | undefined>;
  /** The first picture of each of these that has one. */
  mainPictures(scope: Scope, productIds: readonly string[]): Promise<ShownFileRow[]>;
}

const shown = sql`f.id, f.product_id, f.media_id, f.kind, f.position, f.name, f.created_at, m.container, m.sha256, m.content_type, m.bytes,
  m.width_px, m.height_px, m.has_thumbnail`;
const columns = sql`f.id, f.product_id, f.media_id, f.kind, f.position, f.name, f.created_at`;

export const productFileStore = (database: TenantDatabase): ProductFileStore => ({
  of: async (scope, productId) => {
    const [products, files] = await database.readAll<[{ id: string }, ShownFileRow]>(scope, [
      sql<{ id: string }>`select p.id from catalog.products p where p.id = ${productId}`,
      sql<ShownFileRow>`
        select ${shown}
        from catalog.product_files f join catalog.media m on m.tenant_id = f.tenant_id and m.id = f.media_id
        where f.product_id = ${productId} order by f.kind, f.position`,
    ]);
    return products.length === 0 ? undefined : files;
  },
  mainPictures: (scope, productIds) =>
    database.read(
      scope,
      sql<ShownFileRow>`
        select distinct on (f.product_id) ${shown}
        from catalog.product_files f join catalog.media m on m.tenant_id = f.tenant_id and m.id = f.media_id
        where f.product_id = any(${productIds}::uuid[]) and f.kind = 'picture' order by f.product_id, f.position`,
    ),
});

export const filesIn = (transaction: Transaction, productId: string): Promise<ProductFileRow[]> =>
  transaction.rows(
    sql<ProductFileRow>`select ${columns} from catalog.product_files f where f.product_id = ${productId} order by f.kind, f.position`,
  );

export const insertFile = (
  transaction: Transaction,
  scope: Scope,
  file: Pick<ProductFileRow, 'product_id' | 'media_id' | 'kind' | 'position' | 'name'>,
): Promise<ProductFileRow> =>
  transaction.one(sql<ProductFileRow>`
    insert into catalog.product_files as f (tenant_id, product_id, media_id, kind, position, name)
    values (${scope.tenantId}, ${file.product_id}, ${file.media_id}, ${file.kind}, ${file.position}, ${file.name})
    returning ${columns}`);

export const renameFile = (transaction: Transaction, id: string, name: string): Promise<number> =>
  transaction.change(sql`update catalog.product_files set name = ${name} where id = ${id}`);

export const deleteFile = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.product_files where id = ${id}`);

/** The first of these is shown first. In one statement: between two of them no place would be free. */
export const orderFiles = (transaction: Transaction, ids: readonly string[]): Promise<number> =>
  transaction.change(sql`
    update catalog.product_files f set position = n.position
    from unnest(${ids}::uuid[]) with ordinality n (id, position) where f.id = n.id`);
