import { constraintOf, sqlState } from '@legendops/kit/db/database-error';
import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { repeat, type Repeating } from '@legendops/kit/jobs/repeat';
import type { Log } from '@legendops/kit/log/logger';
import { keptName, pendingName, thumbnailName, type BlobStore } from './blob-store.ts';
import type { MediaContainer } from './contract.ts';
import { holdMedia } from './store.ts';

interface Parts {
  platform: PlatformDatabase;
  database: TenantDatabase;
  blobs: BlobStore;
}

interface Found {
  tenant_id: string;
  id: string;
}

const everyMs = 10 * 60_000;
const batch = 200;

// As app_platform, which sees of both tables what is over and nothing else.
const uploadsOver = sql<Found>`select u.tenant_id, u.id from catalog.media_uploads u order by u.expires_at, u.id limit ${batch}`;
const looseMedia = sql<Found>`select m.tenant_id, m.id from catalog.media m order by m.loose_since, m.id limit ${batch}`;

const removeKept = async (
  blobs: BlobStore,
  { tenantId }: Scope,
  { container, sha256 }: { container: MediaContainer; sha256: string },
): Promise<void> => {
  await blobs.remove({ container, name: thumbnailName(tenantId, sha256) });
  await blobs.remove({ container, name: keptName(tenantId, sha256) });
};

interface UploadOver {
  container: MediaContainer;
  sha256: string | null;
  is_needed: boolean;
}

/** The upload with what it has put there: what was not finished, and what came by its link after it was. */
const removeUpload = (parts: Parts, scope: Scope, id: string): Promise<void> =>
  parts.database.write(scope, async (transaction) => {
    await holdMedia(transaction, scope);
    const over = await transaction.row(sql<UploadOver>`
      delete from catalog.media_uploads u where u.id = ${id} and u.expires_at < now()
      returning u.container, u.sha256,
        exists (select from catalog.media m where m.container = u.container and m.sha256 = u.sha256)
        or exists (select from catalog.media_uploads o where o.container = u.container and o.sha256 = u.sha256 and o.id <> u.id)
          as is_needed`);
    if (over === undefined) return;
    const { container, sha256, is_needed: isNeeded } = over;
    await parts.blobs.remove({ container, name: pendingName(scope.tenantId, id) });
    if (sha256 !== null && !isNeeded) await removeKept(parts.blobs, scope, { container, sha256 });
  });

const deleteLoose = (transaction: Transaction, id: string) =>
  transaction.row(sql<{ container: MediaContainer; sha256: string }>`
    delete from catalog.media m where m.id = ${id} and m.loose_since < now() - interval '24 hours'
      and not exists (select from catalog.media_uploads u where u.container = m.container and u.sha256 = m.sha256
        and u.media_id is null)
    returning m.container, m.sha256`);

// The database knows who names it: a foreign key of whichever table that is.
const isNamed = (error: unknown): boolean => sqlState(error) === '23503' && constraintOf(error) !== undefined;

/** The media, unless something names it after all. */
const removeMedia = async (parts: Parts, scope: Scope, id: string): Promise<void> => {
  try {
    await parts.database.write(scope, async (transaction) => {
      await holdMedia(transaction, scope);
      const content = await deleteLoose(transaction, id);
      // Before the end of the transaction: whoever keeps the same content anew waits for it, and writes the blob again.
      if (content !== undefined) await removeKept(parts.blobs, scope, content);
    });
  } catch (error) {
    if (!isNamed(error)) throw error;
    await parts.database.write(scope, (transaction) =>
      transaction.change(
        sql`update catalog.media set loose_since = null where id = ${id} and loose_since < now() - interval '24 hours'`,
      ),
    );
  }
};

/** Removes what is over, each by itself; throws what failed, when all were tried. */
export const sweepMedia = async (parts: Parts): Promise<void> => {
  const failures: unknown[] = [];
  const each = async (found: readonly Found[], remove: typeof removeUpload): Promise<void> => {
    for (const { tenant_id: tenantId, id } of found)
      await remove(parts, { tenantId }, id).catch((error: unknown) => failures.push(error));
  };
  await each(await parts.platform.read('media uploads that are over', uploadsOver), removeUpload);
  await each(await parts.platform.read('media that nothing names', looseMedia), removeMedia);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} files that are over are still there`);
};

/** Every ten minutes; in every replica, which do not get in each other's way. */
export const mediaSweep = (parts: Parts, log: Log): Repeating =>
  repeat(() => sweepMedia(parts), { everyMs, log, name: 'media sweep' });
