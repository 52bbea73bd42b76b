import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemFor } from '../http/error-answer.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { faultyProxy, type FaultyProxy } from '../testing/faulty-proxy.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { OutcomeUnknown, sqlState } from './database-error.ts';
import { createPool, type DatabasePool } from './pool.ts';
import { sql } from './sql.ts';
import { serviceDatabase, type TenantDatabase } from './tenant-database.ts';

let database: TestDatabase;
let proxy: FaultyProxy;
let pool: DatabasePool;
let store: TenantDatabase;
let scope: { tenantId: string };

beforeAll(async () => {
  database = await testDatabase('portal_db');
  scope = { tenantId: await aTenant(database.administrator) };
  proxy = await faultyProxy(database.url('svc_portal'));
});
afterAll(async () => {
  proxy.close();
  await database.close();
});
beforeEach(() => {
  pool = createPool({ connectionString: proxy.url, max: 1, connectionTimeoutMillis: 500, query_timeout: 500 });
  store = serviceDatabase(pool);
  proxy.atWord('no such word', 'reset');
});
afterEach(() => pool.end());

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => error,
  );
const insert = () =>
  store.write(scope, async (transaction) => {
    await transaction.change(sql`insert into portal.customers (tenant_id, name) values (${scope.tenantId}, 'One')`);
  });
const select = () => store.read(scope, sql`select 'a read' as kind`);

describe('a connection that is lost', () => {
  it.each(['reset', 'silence'] as const)(
    'by %s while it commits leaves an outcome that nobody knows',
    async (fault) => {
      proxy.atWord('commit', fault);
      const error = await errorOf(insert());
      expect(error).toBeInstanceOf(OutcomeUnknown);
      expect(problemFor(error)).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5' },
        detail: expect.stringContaining('may have been done or not'),
      });
    },
  );

  it('because its server goes while it commits leaves one, too: the commit may have happened', async () => {
    await database.administrator.query(`
      create function pg_temp.end_session() returns trigger language plpgsql security definer as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create constraint trigger ends after insert on portal.customers deferrable initially deferred
        for each row execute function pg_temp.end_session()`);
    try {
      expect(await errorOf(insert())).toBeInstanceOf(OutcomeUnknown);
    } finally {
      await database.administrator.query('drop trigger ends on portal.customers');
    }
  });

  it.each([
    ['reset', 'in a read', 'a read', select],
    ['silence', 'in a read', 'a read', select],
    ['reset', 'before the commit', 'insert into', insert],
    ['silence', 'before the commit', 'insert into', insert],
  ] as const)('by %s %s is an outage: the client may come again', async (fault, _when, word, work) => {
    proxy.atWord(word, fault);
    expect(problemFor(await errorOf(work()))).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    proxy.atWord('no such word', 'reset');
    expect(await errorOf(select())).toBe('no error');
  });

  it('by the server between two statements is an outage', async () => {
    const error = await errorOf(
      store.write(scope, async (transaction) => {
        const [row] = await transaction.rows(sql<{ pid: number }>`select pg_backend_pid() as pid`);
        await database.administrator.query('select pg_terminate_backend($1, 5000)', [row?.pid]);
        await transaction.rows(sql`select 1`);
      }),
    );
    expect(problemFor(error).status).toBe(503);
  });
});

describe('a connection that cannot be had', () => {
  it('because all are busy is an outage', async () => {
    const busy = await pool.connect();
    const error = await errorOf(select());
    busy.release();
    expect(problemFor(error).status).toBe(503);
  });

  it('because nobody listens is an outage', async () => {
    const nowhere = createPool({ connectionString: 'postgres://svc_portal:x@127.0.0.1:1/none' });
    expect(problemFor(await errorOf(serviceDatabase(nowhere).read(scope, sql`select 1`))).status).toBe(503);
    await nowhere.end();
  });
});

describe('an error of the server', () => {
  it('has a state; an error of the system has none, though its code looks like one', async () => {
    expect(sqlState(await errorOf(store.read(scope, sql`select 1 / 0`)))).toBe('22012');
    expect(sqlState(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }))).toBeUndefined();
  });
});

describe('a pool', () => {
  it('notices a connection that hangs half-open: by keep-alive, and by a limit above every statement_timeout', () => {
    const { options } = createPool({});
    expect(options).toMatchObject({ keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
    expect(Number(options.query_timeout)).toBeGreaterThan(120_000);
  });
});
