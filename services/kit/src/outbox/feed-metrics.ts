import { Gauge } from 'prom-client';
import { sql } from '../db/sql.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';

/** Of who follows: set whenever a feed was asked and what it said is applied. */
export const upToDateAt = new Gauge({
  name: 'legendops_feed_last_success_timestamp_seconds',
  help: 'When this process last heard a feed of another service and had applied what it said; its age is how late our copy is',
  labelNames: ['topic'] as const,
});

/** Of who is followed. */
const oldestUnread = new Gauge({
  name: 'legendops_outbox_oldest_unread_timestamp_seconds',
  help: 'When the oldest change was made that a reader of a feed has not read yet; now where it has read all',
  labelNames: ['topic', 'reader'] as const,
});

interface ReaderRow {
  topic: string;
  reader: string;
  since: number;
}

/** Looks how far behind each reader of this database's outbox is. Readers are services, a handful: never tenants. */
export const measureOutbox = async (platform: PlatformDatabase): Promise<void> => {
  const readers = await platform.read(
    'outbox lag',
    sql<ReaderRow>`
      select r.topic, r.reader, extract(epoch from coalesce(unread.created_at, now()))::double precision as since
      from app.feed_readers r
      left join lateral (
        select o.created_at from app.outbox o
        where o.topic = r.topic and (o.tx, o.seq) > (r.tx, r.seq)
        order by o.tx, o.seq limit 1) unread on true`,
  );
  oldestUnread.reset();
  for (const { topic, reader, since } of readers) oldestUnread.set({ topic, reader }, since);
};
