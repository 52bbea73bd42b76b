import { Counter } from 'prom-client';
import { sql, type Sql } from '../db/sql.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';
import type { Log } from '../log/logger.ts';
import { repeat, type Repeating } from './repeat.ts';

/** Rows of one kind that are over, whosever they are. */
export interface Chore {
  name: string;
  /** Deletes so many of them at most, as app_platform. */
  remove: (limit: number) => Sql;
}

/** What every database has. */
export const sharedChores: readonly Chore[] = [
  {
    // What nobody has begun to read is kept: its reader may not be deployed yet, and would miss it for ever.
    name: 'outbox',
    remove: (limit) => sql`
      delete from app.outbox where (tenant_id, id) in (
        select o.tenant_id, o.id from app.outbox o
        where o.created_at < now() - interval '14 days'
          and exists (select from app.feed_readers r where r.topic = o.topic)
          and not exists (select from app.feed_readers r where r.topic = o.topic and (r.tx, r.seq) < (o.tx, o.seq))
        order by o.created_at limit ${limit})`,
  },
  {
    // The policy shows app_platform what is older than 24 hours and nothing else.
    name: 'idempotency-keys',
    remove: (limit) => sql`
      delete from app.idempotency_keys where (tenant_id, route, key) in (
        select tenant_id, route, key from app.idempotency_keys order by created_at limit ${limit})`,
  },
];

const everyMs = 10 * 60_000;
const batch = 1_000;
const mostBatches = 100;

const removed = new Counter({
  name: 'legendops_housekeeping_rows_removed_total',
  help: 'Rows that were over and removed, by chore',
  labelNames: ['chore'] as const,
});

// The replica that holds the lock does the batch; the others have nothing to wait for.
const removeBatch = (platform: PlatformDatabase, { name, remove }: Chore): Promise<number> =>
  platform.write('housekeeping', async (transaction) => {
    const lock = await transaction.row(sql<{ taken: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`legendops:housekeeping:${name}`}, 0)) as taken`);
    return lock?.taken ? transaction.change(remove(batch)) : 0;
  });

/** One round: small transactions until nothing is over, each chore by itself. Throws what failed, when all are done. */
export const tidyUp = async (platform: PlatformDatabase, chores: readonly Chore[]): Promise<void> => {
  const failures: Error[] = [];
  for (const chore of chores) {
    try {
      for (let batches = 0, count = batch; count === batch && batches < mostBatches; batches += 1) {
        count = await removeBatch(platform, chore);
        removed.inc({ chore: chore.name }, count);
      }
    } catch (error) {
      failures.push(new Error(`The chore ${chore.name} failed`, { cause: error }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
};

/** Removes what is over every ten minutes: it runs in each service, over its own database. */
export const housekeeping = (platform: PlatformDatabase, chores: readonly Chore[], log: Log): Repeating =>
  repeat(() => tidyUp(platform, [...sharedChores, ...chores]), { everyMs, log, name: 'housekeeping' });
