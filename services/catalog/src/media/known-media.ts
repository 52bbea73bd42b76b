import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { MediaContainer } from './contract.ts';
import { mediaColumns, type MediaRow } from './media-row.ts';
import { limitBytesOf, refuseOverQuota, type MediaLimits } from './quota.ts';
import { holdMedia, usageIn } from './store.ts';

/** Whoever counts, sweeps or needs room for more holds this to the end of the transaction, and media only afterwards. */
export const holdRoom = async (transaction: Transaction, scope: Scope): Promise<void> => {
  await holdMedia(transaction, scope);
};

/**
 * Room for so many bytes that the database itself is about to keep, or throws media.quota-full: `what` begins the sentence that tells
 * of them.
 */
export const refuseWithoutRoom = async (
  transaction: Transaction,
  scope: Scope,
  { bytes, limits, what }: { bytes: number; limits: MediaLimits; what: string },
): Promise<void> => {
  await holdRoom(transaction, scope);
  refuseOverQuota(bytes, { ...(await usageIn(transaction)), limitBytes: limitBytesOf(limits), what });
};

/**
 * The media that a row of another table is about to name, held to the end of the transaction. That table has a column `media_id`
 * with a foreign key to catalog.media and the trigger catalog.release_media: what nothing names any more goes a day later.
 */
export const heldMedia = async (
  transaction: Transaction,
  { id, container }: { id: string; container: MediaContainer },
): Promise<MediaRow> => {
  const row = await transaction.row(sql<MediaRow>`
    select ${mediaColumns} from catalog.media m where m.id = ${id} and m.container = ${container} for key share`);
  if (row === undefined) throw problem('media.not-found');
  return row;
};
