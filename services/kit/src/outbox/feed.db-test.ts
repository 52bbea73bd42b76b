import { silentLog } from '../testing/silent-log.ts';
import pg from 'pg';
import { register } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sql } from '../db/sql.ts';
import { platformDatabase, serviceDatabase } from '../db/tenant-database.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { testApi, type TestApi } from '../testing/test-api.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { appendEvents } from './append-event.ts';
import { measureOutbox } from './feed-metrics.ts';
import { feedRoutes } from './feed-routes.ts';
import { feedOf } from './feed-source.ts';
import { followFeed } from './follow-feed.ts';

let source: TestDatabase;
let target: TestDatabase;
let api: TestApi;
let tenantId: string;
let entity = 0;

beforeAll(async () => {
  source = await testDatabase('portal_db');
  target = await testDatabase('billing_db');
  tenantId = await aTenant(source.administrator);
  const pool = source.pool('svc_portal');
  api = await testApi({
    service: 'portal',
    prefix: '/internal',
    routes: feedRoutes({ database: platformDatabase(pool), feeds: { things: ['legendops/billing'] } }),
    pool,
  });
});
afterAll(async () => {
  await api.close();
  await source.close();
  await target.close();
});

const anId = (): string => `0190e000-0000-7000-8000-${String((entity += 1)).padStart(12, '0')}`;
const append = (ids: readonly string[]) =>
  serviceDatabase(source.pool('svc_portal')).write({ tenantId }, (transaction) =>
    appendEvents(
      transaction,
      ids.map((entityId) => ({ tenantId, topic: 'things', entityId, entityVersion: 1, payload: {} })),
    ),
  );
const token = () =>
  api.tokens.serviceToken({ namespace: 'legendops', serviceAccount: 'billing', audience: 'legendops-portal' });
const read = async (after: string) =>
  (await api.call('GET', `/internal/v1/feed/things?after=${after}`, { token: await token() })).body as {
    data: { entityId: string }[];
    next: string;
  };

describe('the feed', () => {
  it('gives events after a cursor, each once, in the order of their transactions', async () => {
    const [first, second] = [anId(), anId()];
    await append([first, second]);
    const page = await read('0.0');
    expect(page.data.map(({ entityId }) => entityId)).toEqual([first, second]);
    expect((await read(page.next)).data).toEqual([]);
  });

  it('never shows an event past one that is not committed yet: a cursor would skip it', async () => {
    const start = (await read('0.0')).next;
    const [early, late] = [anId(), anId()];
    const open = new pg.Client({ connectionString: source.url() });
    await open.connect();
    await open.query('begin');
    await open.query(
      "insert into app.outbox (tenant_id, topic, entity_id, entity_version, payload) values ($1, 'things', $2, 1, '{}')",
      [tenantId, early],
    );
    await append([late]);
    expect((await read(start)).data).toEqual([]);
    await open.query('commit');
    await open.end();
    expect((await read(start)).data.map(({ entityId }) => entityId)).toEqual([early, late]);
  });

  it('remembers how far each reader has come, also one that was put back', async () => {
    const position = async () =>
      (await source.administrator.query("select reader, tx::text || '.' || seq as at from app.feed_readers")).rows;
    await append([anId()]);
    const { next } = await read('0.0');
    await read(next);
    expect(await position()).toEqual([{ reader: 'legendops/billing', at: next }]);
    await read('0.0');
    expect(await position()).toEqual([{ reader: 'legendops/billing', at: '0.0' }]);
  });

  it('stops looking at once for a reader that has left', async () => {
    const { next } = await read('0.0');
    let looks = 0;
    const ended = Promise.withResolvers<unknown>();
    const database = platformDatabase(source.pool('svc_portal'));
    const counting = {
      ...database,
      read: (...asked: Parameters<typeof database.read>) => {
        looks += 1;
        return database.read(...asked);
      },
    };
    const [route] = feedRoutes({ database: counting as typeof database, feeds: { things: ['legendops/billing'] } });
    const watched = {
      ...route,
      handler: (input: never) => {
        const answer = (route as NonNullable<typeof route>).handler(input, undefined as never) as Promise<never>;
        answer.catch(ended.resolve);
        return answer;
      },
    } as NonNullable<typeof route>;
    const polled = await testApi({
      service: 'portal',
      prefix: '/internal',
      routes: [watched],
      pool: source.pool('svc_portal'),
    });
    const reader = new AbortController();
    const bearer = await polled.tokens.serviceToken({
      namespace: 'legendops',
      serviceAccount: 'billing',
      audience: 'legendops-portal',
    });
    const asked = fetch(`${polled.url}/internal/v1/feed/things?after=${next}&wait=20`, {
      signal: reader.signal,
      headers: { authorization: `Bearer ${bearer}` },
    });
    await vi.waitFor(() => expect(looks).toBeGreaterThan(1));
    reader.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect(await ended.promise).toMatchObject({ name: 'AbortError' });
    await polled.close();
  });

  it('is for the services that it names', async () => {
    const other = await api.tokens.serviceToken({
      namespace: 'legendops',
      serviceAccount: 'catalog',
      audience: 'legendops-portal',
    });
    expect((await api.call('GET', '/internal/v1/feed/things', { token: other })).status).toBe(403);
  });

  it('is followed with the cursor moved in the transaction that applies: a failure repeats, nothing is lost', async () => {
    const seen: string[] = [];
    let failures = 2;
    const database = platformDatabase(target.pool('svc_billing'));
    const follower = followFeed({
      source: feedOf({ url: api.url, topic: 'things', token }),
      cursor: 'things',
      database,
      apply: async (transaction, events) => {
        await transaction.rows(sql`select 1`);
        if (failures > 0) {
          failures -= 1;
          throw new Error('not yet');
        }
        seen.push(...events.map(({ entityId }) => entityId));
      },
      log: silentLog,
    });
    const id = anId();
    await append([id]);
    await vi.waitFor(() => expect(seen).toContain(id), { timeout: 15_000 });
    await follower.stop();
    expect(new Set(seen).size).toBe(seen.length);
    expect(failures).toBe(0);
  });

  it('tells since when its slowest reader has not read what is there', async () => {
    const platform = platformDatabase(source.pool('svc_portal'));
    const since = async () => {
      await measureOutbox(platform);
      const metric = await register.getSingleMetric('legendops_outbox_oldest_unread_timestamp_seconds')?.get();
      return metric?.values.find(({ labels }) => labels.topic === 'things' && labels.reader === 'legendops/billing')
        ?.value;
    };
    await append([anId()]);
    await source.administrator.query(
      `update app.outbox set created_at = '2026-01-01T00:00:00Z' where topic = 'things'`,
    );
    await read('0.0');
    expect(await since()).toBe(Date.parse('2026-01-01T00:00:00Z') / 1000);
    const { next } = await read('0.0');
    await read(next);
    expect(await since()).toBeGreaterThan(Date.parse('2026-01-02T00:00:00Z') / 1000);
  });
});
