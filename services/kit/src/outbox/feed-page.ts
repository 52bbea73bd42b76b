import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedEvent, FeedPage } from '../contract/feed.ts';
import { sql } from '../db/sql.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';

interface EventRow {
  tx: string;
  seq: bigint;
  tenant_id: string;
  entity_id: string;
  entity_version: number;
  payload: Record<string, unknown>;
}

interface FeedQuery {
  topic: string;
  /** Who reads: what all readers have read may go. */
  reader: string;
  after: string;
  /** Seconds to wait for the first event. */
  wait: number;
  /** Aborts when nobody waits any more. */
  signal: AbortSignal;
}

const pageSize = 500;
const pollMs = 200;

const presentEvent = (row: EventRow): FeedEvent => ({
  cursor: `${row.tx}.${row.seq}`,
  tenantId: row.tenant_id,
  entityId: row.entity_id,
  entityVersion: row.entity_version,
  payload: row.payload,
});

const readAfter = (database: PlatformDatabase, topic: string, cursor: string): Promise<EventRow[]> => {
  const [tx = '0', seq = '0'] = cursor.split('.');
  // Only settled transactions: one that began earlier and is still open could add rows before those we would show.
  return database.read(
    'feed',
    sql<EventRow>`
    select tx::text, seq, tenant_id, entity_id, entity_version, payload
    from app.outbox
    where topic = ${topic} and (tx, seq) > (${tx}::xid8, ${seq}::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
    order by tx, seq limit ${pageSize}`,
  );
};

// A reader asks for what comes after all that it has applied; one whose database was put back says so by an older cursor.
const rememberReader = async (database: PlatformDatabase, { topic, reader, after }: FeedQuery): Promise<void> => {
  const [tx = '0', seq = '0'] = after.split('.');
  const known = await database.read(
    'feed reader',
    sql`select from app.feed_readers
      where topic = ${topic} and reader = ${reader} and (tx, seq) = (${tx}::xid8, ${seq}::bigint)`,
  );
  if (known.length > 0) return;
  await database.write('feed reader', (transaction) =>
    transaction.change(sql`
      insert into app.feed_readers (topic, reader, tx, seq) values (${topic}, ${reader}, ${tx}::xid8, ${seq}::bigint)
      on conflict (topic, reader) do update set tx = excluded.tx, seq = excluded.seq, updated_at = now()`),
  );
};

/** Events of this database after a cursor, oldest first; waits for the first one. */
export const readFeed = async (database: PlatformDatabase, query: FeedQuery): Promise<FeedPage> => {
  const { topic, after, wait, signal } = query;
  await rememberReader(database, query);
  const deadline = Date.now() + wait * 1000;
  let rows = await readAfter(database, topic, after);
  while (rows.length === 0 && Date.now() < deadline) {
    await sleep(pollMs, undefined, { signal });
    rows = await readAfter(database, topic, after);
  }
  const data = rows.map(presentEvent);
  return { data, next: data.at(-1)?.cursor ?? after };
};
