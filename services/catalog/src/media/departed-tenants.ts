import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';
import { repeat, type Repeating } from '@legendops/kit/jobs/repeat';
import type { Log } from '@legendops/kit/log/logger';
import { pendingName, type BlobStore } from './blob-store.ts';
import { MediaContainer } from './contract.ts';

interface Parts {
  platform: PlatformDatabase;
  blobs: BlobStore;
  now?: () => Date;
}

const dayMs = 24 * 60 * 60_000;
const everyMs = 6 * 60 * 60_000;
const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isRegistered = async (platform: PlatformDatabase, tenantId: string): Promise<boolean> =>
  (await platform.read('media of who has left', sql`select from app.tenants t where t.id = ${tenantId}`)).length > 0;

/**
 * Removes what no row tells of: all that tenants have left that are registered no more, and of the others what came by a link when
 * its upload was over, such as after a refusal. What is younger than a day stays, which no upload outlives, and so does what is
 * not called like a tenant's. Returns how many blobs went.
 */
export const removeDeparted = async ({ platform, blobs, now = () => new Date() }: Parts): Promise<number> => {
  const writtenBefore = new Date(now().getTime() - dayMs);
  let removed = 0;
  for (const container of MediaContainer.options)
    for await (const tenantId of blobs.tenantsIn(container)) {
      if (!isId.test(tenantId)) continue;
      const beginning = (await isRegistered(platform, tenantId)) ? pendingName(tenantId, '') : `${tenantId}/`;
      for await (const name of blobs.namesOf(container, beginning, writtenBefore)) {
        await blobs.remove({ container, name });
        removed += 1;
      }
    }
  return removed;
};

/** Four times a day. */
export const departedSweep = (parts: Parts, log: Log): Repeating =>
  repeat(
    async () => {
      const removed = await removeDeparted(parts);
      if (removed > 0) log.info({ removed }, 'files that nothing tells of were removed');
    },
    { everyMs, log, name: 'media of tenants that have left' },
  );
