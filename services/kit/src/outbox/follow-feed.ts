import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedEvent, FeedPage } from '../contract/feed.ts';
import { sql } from '../db/sql.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Log } from '../log/logger.ts';
import { inNewTrace } from '../log/trace-context.ts';
import { upToDateAt } from './feed-metrics.ts';
import type { FeedSource } from './feed-source.ts';

export interface FollowOptions {
  source: FeedSource;
  /** What the place in it is kept under, in this database. */
  cursor: string;
  database: PlatformDatabase;
  /** Applies events in order; runs in the transaction that also moves the cursor. */
  apply: (transaction: Transaction, events: readonly FeedEvent[]) => Promise<void>;
  log: Log;
}

const firstPauseMs = 200;
const longestPauseMs = 15_000;

const readCursor = async ({ database, cursor }: FollowOptions): Promise<string> => {
  const [row] = await database.read(
    'feed cursor',
    sql<{ tx: string; seq: bigint }>`
    select tx::text, seq from app.feed_cursors where topic = ${cursor}`,
  );
  return row ? `${row.tx}.${row.seq}` : '0.0';
};

const applyPage = (options: FollowOptions, page: FeedPage): Promise<void> => {
  const [tx = '0', seq = '0'] = page.next.split('.');
  return options.database.write(`feed ${options.cursor}`, async (transaction) => {
    // The row lock keeps two replicas from applying the same page at once; versions make a repeat harmless anyway.
    await transaction.change(sql`
      insert into app.feed_cursors (topic, tx, seq) values (${options.cursor}, ${tx}::xid8, ${seq}::bigint)
      on conflict (topic) do update set tx = excluded.tx, seq = excluded.seq, updated_at = now()
      where (app.feed_cursors.tx, app.feed_cursors.seq) < (excluded.tx, excluded.seq)`);
    await options.apply(transaction, page.data);
  });
};

/** Follows a feed until stopped; backs off while its service or the database is away. */
export const followFeed = (options: FollowOptions): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal }).catch(() => undefined);
  let pauseMs = firstPauseMs;
  const round = async (): Promise<void> => {
    try {
      const page = await options.source(await readCursor(options), signal);
      if (page.data.length > 0) await applyPage(options, page);
      upToDateAt.setToCurrentTime({ topic: options.cursor });
      pauseMs = firstPauseMs;
    } catch (error) {
      if (signal.aborted) return;
      options.log.warn({ err: error, feed: options.cursor, retryInMs: pauseMs }, 'feed interrupted');
      await pause(pauseMs * (0.5 + Math.random()));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };
  const follow = async (): Promise<void> => {
    while (!signal.aborted) await inNewTrace({ name: `feed ${options.cursor}` }, round);
  };
  const done = follow();
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
};
