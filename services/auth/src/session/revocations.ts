import { setTimeout as sleep } from 'node:timers/promises';
import { revocationSeconds, Revocations } from '@legendops/kit/contract/revocations';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { z } from 'zod';

const pollMs = 150;
const callers = ['legendops/billing', 'legendops/catalog', 'legendops/portal'];

// A cursor is a snapshot of PostgreSQL: xmin:xmax:those in between that were still open.
const Cursor = z
  .string()
  .max(8_000)
  .regex(/^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/);

const sessionsWhere = (condition: Sql) =>
  sql`(select coalesce(json_agg(id), '[]') from auth.sessions where ended_tx is not null and ${condition}) as sessions`;

const endedLately = async (platform: PlatformDatabase): Promise<Revocations> => {
  const lately = sql`ended_at > now() - ${revocationSeconds}::integer * interval '1 second'`;
  const [row] = await platform.read(
    'revocations',
    sql<Revocations>`select pg_current_snapshot()::text as next, ${sessionsWhere(lately)}`,
  );
  if (!row) throw new Error('The ended sessions were not answered');
  return row;
};

/**
 * The sessions that are seen to have ended and were not in a snapshot, and the snapshot of this look. By snapshots and not by
 * an order, a transaction that stays open holds back nobody else's end. A snapshot from the future is of a database that was
 * put back: then all is told anew.
 */
const endedSince = async (platform: PlatformDatabase, after: string): Promise<Revocations> => {
  const unseen = sql`ended_tx >= pg_snapshot_xmin(${after}::pg_snapshot)
    and not pg_visible_in_snapshot(ended_tx, ${after}::pg_snapshot)`;
  const [row] = await platform.read(
    'revocations',
    sql<Revocations & { is_ahead: boolean }>`
      select pg_current_snapshot()::text as next, ${sessionsWhere(unseen)},
        pg_snapshot_xmax(${after}::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as is_ahead`,
  );
  return row && !row.is_ahead ? { sessions: row.sessions, next: row.next } : endedLately(platform);
};

/** GET /internal/v1/revocations: sessions that ended; waits up to `wait` seconds for the first one. */
export const revocationRoutes = (platform: PlatformDatabase) => [
  internalRoute({
    method: 'get',
    path: '/v1/revocations',
    summary: 'Sessions that ended since the last question, or lately',
    callers,
    query: z.strictObject({ after: Cursor.optional(), wait: z.coerce.number().int().min(0).max(5).default(0) }),
    responses: { 200: Revocations },
    handler: async ({ query, signal }) => {
      const { after, wait } = query;
      if (after === undefined) return ok(await endedLately(platform));
      const deadline = performance.now() + wait * 1000;
      let found = await endedSince(platform, after);
      while (found.sessions.length === 0 && performance.now() < deadline) {
        await sleep(pollMs, undefined, { signal });
        found = await endedSince(platform, after);
      }
      return ok(found);
    },
  }),
];
