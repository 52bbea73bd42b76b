import { register } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../db/sql.ts';
import { platformDatabase, type PlatformDatabase } from '../db/tenant-database.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { sharedChores, tidyUp } from './housekeeping.ts';

let database: TestDatabase;
let platform: PlatformDatabase;
let tenantId: string;

beforeAll(async () => {
  database = await testDatabase('portal_db');
  platform = platformDatabase(database.pool('svc_portal'));
  tenantId = await aTenant(database.administrator);
});
afterAll(() => database.close());
const run = (text: string, values: unknown[] = []) => database.administrator.query(text, values);
beforeEach(async () => {
  await run('truncate app.outbox, app.feed_readers, app.idempotency_keys');
});

const tidy = () => tidyUp(platform, sharedChores);
const append = async (days: number, topic = 'things'): Promise<{ tx: string; seq: string }> => {
  const { rows } = await run(
    `insert into app.outbox (tenant_id, topic, entity_id, entity_version, payload, created_at)
     values ($1, $2, app.uuid_v7(), 1, '{}', now() - $3 * interval '1 day') returning tx::text, seq::text`,
    [tenantId, topic, days],
  );
  return rows[0] as { tx: string; seq: string };
};
const reader = (name: string, { tx, seq }: { tx: string; seq: string }) =>
  run(
    `insert into app.feed_readers (topic, reader, tx, seq) values ('things', $1, $2, $3)
     on conflict (topic, reader) do update set tx = excluded.tx, seq = excluded.seq`,
    [name, tx, seq],
  );
const kept = async (): Promise<number[]> =>
  (
    await run(
      "select extract(day from now() - created_at)::int as days from app.outbox where topic = 'things' order by tx, seq",
    )
  ).rows.map(({ days }) => days as number);

describe('the outbox', () => {
  it('loses what is older than 14 days and read by everyone who reads', async () => {
    await append(20);
    const second = await append(16);
    await append(15);
    const last = await append(1);
    await reader('legendops/billing', second);
    await reader('legendops/catalog', last);
    await tidy();
    expect(await kept()).toEqual([15, 1]);
    await reader('legendops/billing', last);
    await tidy();
    expect(await kept()).toEqual([1]);
  });

  it('keeps what nobody has begun to read', async () => {
    await append(20);
    await tidy();
    expect(await kept()).toEqual([20]);
  });
});

describe('keys of idempotent requests', () => {
  it('go after 24 hours', async () => {
    for (const hours of [1, 23, 25, 500])
      await run(
        `insert into app.idempotency_keys (tenant_id, route, key, fingerprint, status, body, created_at)
         values ($1, 'post /things', $2, 'x', 201, '{}', now() - $3 * interval '1 hour')`,
        [tenantId, String(hours), hours],
      );
    await tidy();
    expect((await run('select key from app.idempotency_keys order by key::int')).rows).toEqual([
      { key: '1' },
      { key: '23' },
    ]);
  });

  it('are hidden from the platform until then', async () => {
    await run(
      `insert into app.idempotency_keys (tenant_id, route, key, fingerprint, status, body)
       values ($1, 'post /things', 'fresh', 'x', 201, '{}')`,
      [tenantId],
    );
    expect(await platform.read('test', sql`select key from app.idempotency_keys`)).toEqual([]);
    await expect(platform.read('test', sql`select body from app.idempotency_keys`)).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('a round', () => {
  it('removes in batches, each row once however many replicas are at it, and counts them', async () => {
    await run(
      `insert into app.idempotency_keys (tenant_id, route, key, fingerprint, status, body, created_at)
       select $1, 'post /things', n::text, 'x', 201, '{}', now() - interval '2 days' from generate_series(1, 2500) n`,
      [tenantId],
    );
    const counted = async (): Promise<number> => {
      const metric = await register.getSingleMetric('legendops_housekeeping_rows_removed_total')?.get();
      return metric?.values.find(({ labels }) => labels.chore === 'idempotency-keys')?.value ?? 0;
    };
    const before = await counted();
    await Promise.all([tidy(), tidy(), tidy()]);
    await tidy();
    expect((await run('select from app.idempotency_keys')).rowCount).toBe(0);
    expect((await counted()) - before).toBe(2500);
  });

  it('goes on with the next chore after one that failed, and tells of it', async () => {
    await run(
      `insert into app.idempotency_keys (tenant_id, route, key, fingerprint, status, body, created_at)
       values ($1, 'post /things', 'old', 'x', 201, '{}', now() - interval '2 days')`,
      [tenantId],
    );
    const broken = { name: 'broken', remove: () => sql`delete from nowhere` };
    await expect(tidyUp(platform, [broken, ...sharedChores])).rejects.toThrow('broken');
    expect((await run('select from app.idempotency_keys')).rowCount).toBe(0);
  });
});
