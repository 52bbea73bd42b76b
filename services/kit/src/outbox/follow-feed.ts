import { setTimeout as sleep } from 'node:timers/promises';
import { FeedPage, type FeedEvent } from '../contract/feed.ts';
import { sql } from '../db/sql.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';
import type { Transaction } from '../db/transaction.ts';
import { outgoingHeaders } from '../http/outgoing-headers.ts';
import type { Log } from '../log/logger.ts';
import { inNewTrace } from '../log/trace-context.ts';
import { upToDateAt } from './feed-metrics.ts';

export interface FollowOptions {
  /** Of the other service's internal API, such as http://portal:8081. */
  url: string;
  topic: string;
  /** A fresh service account token for that service. */
  token: () => Promise<string>;
  database: PlatformDatabase;
  /** Applies events in order; runs in the transaction that also moves the cursor. */
  apply: (transaction: Transaction, events: readonly FeedEvent[]) => Promise<void>;
  log: Log;
}

const waitSeconds = 10;
const firstPauseMs = 200;
const longestPauseMs = 15_000;

const readCursor = async (database: PlatformDatabase, topic: string): Promise<string> => {
  const [row] = await database.read(
    'feed cursor',
    sql<{ tx: string; seq: bigint }>`
    select tx::text, seq from app.feed_cursors where topic = ${topic}`,
  );
  return row ? `${row.tx}.${row.seq}` : '0.0';
};

const fetchPage = async (
  { url, topic, token }: FollowOptions,
  cursor: string,
  signal: AbortSignal,
): Promise<FeedPage> => {
  const response = await fetch(`${url}/internal/v1/feed/${topic}?after=${cursor}&wait=${waitSeconds}`, {
    headers: outgoingHeaders(await token()),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout((waitSeconds + 10) * 1000)]),
  });
  if (!response.ok) throw new Error(`The feed ${topic} answered ${response.status}`);
  return FeedPage.parse(await response.json());
};

const applyPage = (options: FollowOptions, page: FeedPage): Promise<void> => {
  const [tx = '0', seq = '0'] = page.next.split('.');
  return options.database.write(`feed ${options.topic}`, async (transaction) => {
    // The row lock keeps two replicas from applying the same page at once; versions make a repeat harmless anyway.
    await transaction.change(sql`
      insert into app.feed_cursors (topic, tx, seq) values (${options.topic}, ${tx}::xid8, ${seq}::bigint)
      on conflict (topic) do update set tx = excluded.tx, seq = excluded.seq, updated_at = now()
      where (app.feed_cursors.tx, app.feed_cursors.seq) < (excluded.tx, excluded.seq)`);
    await options.apply(transaction, page.data);
  });
};

/** Follows another service's feed until stopped; backs off while that service or the database is away. */
export const followFeed = (options: FollowOptions): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal }).catch(() => undefined);
  let pauseMs = firstPauseMs;
  const round = async (): Promise<void> => {
    try {
      const cursor = await readCursor(options.database, options.topic);
      const page = await fetchPage(options, cursor, signal);
      if (page.data.length > 0) await applyPage(options, page);
      upToDateAt.setToCurrentTime({ topic: options.topic });
      pauseMs = firstPauseMs;
    } catch (error) {
      if (signal.aborted) return;
      options.log.warn({ err: error, topic: options.topic, retryInMs: pauseMs }, 'feed interrupted');
      await pause(pauseMs * (0.5 + Math.random()));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };
  const follow = async (): Promise<void> => {
    while (!signal.aborted) await inNewTrace(round);
  };
  const done = follow();
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
};
