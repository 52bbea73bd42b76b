import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { MediaContainer, NewUpload } from './contract.ts';
import { mediaColumns, type MediaRow } from './media-row.ts';

export interface UploadRow {
  id: string;
  container: MediaContainer;
  content_type: string;
  bytes: string;
  sha256: string | null;
  media_id: string | null;
}

export interface UsageRow {
  kept: string;
  arriving: string;
}

/** What is kept of a file that was looked at. */
export type NewMedia = Omit<MediaRow, 'id' | 'created_at' | 'bytes'> & { bytes: number };

export interface MediaStore {
  byId(scope: Scope, id: string): Promise<MediaRow | undefined>;
  upload(scope: Scope, id: string): Promise<UploadRow | undefined>;
  usage(scope: Scope): Promise<UsageRow>;
}

const uploadColumns = sql`u.id, u.container, u.content_type, u.bytes, u.sha256, u.media_id`;

const usageOf: Sql<UsageRow> = sql<UsageRow>`
  select (coalesce((select sum(m.bytes) from catalog.media m), 0)
      + coalesce((select sum(v.picture_bytes) from catalog.stencil_versions v), 0))::text as kept,
    coalesce((select sum(u.bytes) from catalog.media_uploads u where u.media_id is null and u.expires_at > now()), 0)::text as arriving`;

export const mediaStore = (database: TenantDatabase): MediaStore => ({
  byId: async (scope, id) =>
    (await database.read(scope, sql<MediaRow>`select ${mediaColumns} from catalog.media m where m.id = ${id}`))[0],
  upload: async (scope, id) =>
    (
      await database.read(
        scope,
        sql<UploadRow>`select ${uploadColumns} from catalog.media_uploads u where u.id = ${id} and u.expires_at > now()`,
      )
    )[0],
  usage: async (scope) => (await database.read(scope, usageOf))[0] ?? { kept: '0', arriving: '0' },
});

/** From here to the end of the transaction nobody else counts or removes what this tenant keeps. */
export const holdMedia = (transaction: Transaction, { tenantId }: Scope): Promise<number> =>
  transaction.change(sql`insert into catalog.media_guards as g (tenant_id) values (${tenantId})
    on conflict (tenant_id) do update set held_at = clock_timestamp()`);

export const usageIn = (transaction: Transaction): Promise<UsageRow> => transaction.one(usageOf);

export const insertUpload = (
  transaction: Transaction,
  scope: Scope,
  { container, contentType, bytes, expiresAt }: NewUpload & { expiresAt: Date },
): Promise<UploadRow> =>
  transaction.one(sql<UploadRow>`
    insert into catalog.media_uploads as u (tenant_id, container, content_type, bytes, expires_at)
    values (${scope.tenantId}, ${container}, ${contentType}, ${bytes}, ${expiresAt}) returning ${uploadColumns}`);

/** Says what is about to be kept; true where the same content is kept already. Undefined where the upload is gone. */
export const announceContent = async (
  transaction: Transaction,
  upload: Pick<UploadRow, 'id' | 'container'>,
  sha256: string,
): Promise<{ isKept: boolean } | undefined> => {
  const changed = await transaction.change(
    sql`update catalog.media_uploads set sha256 = ${sha256} where id = ${upload.id}`,
  );
  if (changed === 0) return undefined;
  const kept = await transaction.row(
    sql`select from catalog.media m where m.container = ${upload.container} and m.sha256 = ${sha256}`,
  );
  return { isKept: kept !== undefined };
};

/** The media of this content, new or the one that is there, which counts as just arrived; undefined where the upload is gone. */
export const keepMedia = async (
  transaction: Transaction,
  scope: Scope,
  { uploadId, media }: { uploadId: string; media: NewMedia },
): Promise<MediaRow | undefined> => {
  const row = await transaction.one(sql<MediaRow>`
    insert into catalog.media as m (tenant_id, container, sha256, content_type, bytes, width_px, height_px, has_thumbnail)
    values (${scope.tenantId}, ${media.container}, ${media.sha256}, ${media.content_type}, ${media.bytes}, ${media.width_px},
      ${media.height_px}, ${media.has_thumbnail})
    on conflict on constraint media_content do update set loose_since = now() returning ${mediaColumns}`);
  const finished = await transaction.change(
    sql`update catalog.media_uploads set media_id = ${row.id} where id = ${uploadId}`,
  );
  return finished === 0 ? undefined : row;
};

export const deleteUpload = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.media_uploads where id = ${id} and media_id is null`);
