import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { MediaContainer } from './contract.ts';
import { mediaColumns, type MediaRow } from './media-row.ts';

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
