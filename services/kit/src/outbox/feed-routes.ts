import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { FeedPage, type FeedEvent } from '../contract/feed.ts';
import { sql } from '../db/sql.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';
import { internalRoute, ok, type Route } from '../http/route.ts';

interface EventRow {
  tx: string;
  seq: bigint;
  tenant_id: string;
  entity_id: string;
  entity_version: number;
  payload: Record<string, unknown>;
}

const pageSize = 500;
const pollMs = 200;
const start = '0.0';

const Cursor = z
  .string()
  .regex(/^\d{1,20}\.\d{1,20}$/)
  .default(start);

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
const rememberReader = async (
  database: PlatformDatabase,
  { topic, reader, cursor }: { topic: string; reader: string; cursor: string },
): Promise<void> => {
  const [tx = '0', seq = '0'] = cursor.split('.');
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

/** GET /internal/v1/feed/{topic}: events after a cursor, oldest first; waits up to `wait` seconds for the first one. */
export const feedRoutes = ({
  database,
  callers,
}: {
  database: PlatformDatabase;
  callers: readonly string[];
}): Route[] => [
  internalRoute({
    method: 'get',
    path: '/v1/feed/{topic}',
    summary: 'Changes after a cursor',
    callers,
    params: z.strictObject({ topic: z.string().regex(/^[a-z-]{1,50}$/) }),
    query: z.strictObject({ after: Cursor, wait: z.coerce.number().int().min(0).max(20).default(0) }),
    responses: { 200: FeedPage },
    handler: async ({ params, query, workload, signal }) => {
      await rememberReader(database, {
        topic: params.topic,
        reader: `${workload.namespace}/${workload.serviceAccount}`,
        cursor: query.after,
      });
      const deadline = Date.now() + query.wait * 1000;
      let rows = await readAfter(database, params.topic, query.after);
      while (rows.length === 0 && Date.now() < deadline) {
        await sleep(pollMs, undefined, { signal });
        rows = await readAfter(database, params.topic, query.after);
      }
      const data = rows.map(presentEvent);
      return ok({ data, next: data.at(-1)?.cursor ?? query.after });
    },
  }),
];
