import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aTenant } from '../testing/a-tenant.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import type { DatabasePool } from './pool.ts';
import { sql } from './sql.ts';
import { platformDatabase, serviceDatabase, type TenantDatabase } from './tenant-database.ts';
import { sqlState } from './database-error.ts';

let database: TestDatabase;
let pool: DatabasePool;
let store: TenantDatabase;
let a: { tenantId: string };
let b: { tenantId: string };

beforeAll(async () => {
  database = await testDatabase('portal_db');
  // One connection: whatever a piece of work leaves behind, the next one finds.
  pool = database.pool('svc_portal');
  pool.options.max = 1;
  store = serviceDatabase(pool);
  a = { tenantId: await aTenant(database.administrator) };
  b = { tenantId: await aTenant(database.administrator) };
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.administrator.query('truncate portal.customers cascade');
});

const insert = (scope: { tenantId: string }, name: string) =>
  sql`insert into portal.customers (tenant_id, name) values (${scope.tenantId}, ${name})`;
const names = sql<{ name: string }>`select name from portal.customers order by name`;
const stored = async (): Promise<string[]> =>
  (await database.administrator.query<{ name: string }>('select name from portal.customers order by name')).rows.map(
    ({ name }) => name,
  );
const stateOf = async (work: Promise<unknown>): Promise<string | undefined> =>
  sqlState(await work.catch((error: unknown) => error));
const sleep = sql`select pg_sleep(0.01)`;

describe('a transaction of a tenant', () => {
  it('sees and writes its own rows only', async () => {
    await store.write(a, async (transaction) => void (await transaction.change(insert(a, 'of a'))));
    await store.write(b, async (transaction) => void (await transaction.change(insert(b, 'of b'))));
    expect(await store.read(a, names)).toEqual([{ name: 'of a' }]);
    expect(await stateOf(store.write(a, (transaction) => transaction.change(insert(b, 'planted'))))).toBe('42501');
    expect(await stored()).toEqual(['of a', 'of b']);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'an error of the server',
      () =>
        store.write(a, async (transaction) => {
          await transaction.change(insert(a, 'half'));
          await transaction.rows(sql`select 1 / 0`);
        }),
    ],
    [
      'an error of the caller',
      () =>
        store.write(a, async (transaction) => {
          await transaction.change(insert(a, 'half'));
          throw new Error('changed my mind');
        }),
    ],
    [
      'a value that cannot be sent',
      () =>
        store.write(a, async (transaction) => {
          await transaction.change(insert(a, 'half'));
          await transaction.change(
            sql`insert into portal.customers (tenant_id, name) values (${a.tenantId}, ${Number.NaN})`,
          );
        }),
    ],
    [
      'an end of the connection',
      () =>
        store.write(a, async (transaction) => {
          await transaction.change(insert(a, 'half'));
          await database.administrator.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'svc_portal'",
          );
          await transaction.rows(sleep);
        }),
    ],
    [
      'a swallowed error',
      () =>
        store.write(a, async (transaction) => {
          await transaction.change(insert(a, 'half'));
          await transaction.rows(sql`select 1 / 0`).catch(() => undefined);
        }),
    ],
    [
      'a time-out of the statement',
      () =>
        store.write(a, async (transaction) => {
          await transaction.change(insert(a, 'half'));
          await transaction.rows(sql`select set_config('statement_timeout', '20ms', true)`);
          await transaction.rows(sql`select pg_sleep(5)`);
        }),
    ],
  ])('leaves nothing behind after %s, and the next one is neutral', async (_title, work) => {
    await expect(work()).rejects.toThrow();
    expect(await stored()).toEqual([]);
    const [left] = await pool
      .query<{ role: string; tenant: string }>(
        "select current_setting('role') as role, coalesce(current_setting('app.tenant_id', true), '') as tenant",
      )
      .then(({ rows }) => rows);
    expect(left).toEqual({ role: 'none', tenant: '' });
    expect(await store.read(b, names)).toEqual([]);
  });

  it('writes nothing where the row that there must be is not there, or is not alone', async () => {
    const one = (where: string) =>
      store.write(a, async (transaction) => {
        await transaction.change(insert(a, 'first'));
        await transaction.change(insert(a, 'second'));
        return transaction.one(sql<{ name: string }>`select name from portal.customers where name like ${where}`);
      });
    await expect(one('third')).rejects.toThrow('Expected one row, got none');
    await expect(one('%')).rejects.toThrow('got 2');
    expect(await stored()).toEqual([]);
    expect(await one('first')).toEqual({ name: 'first' });
  });

  it('reads in one transaction that cannot write', async () => {
    expect(await stateOf(store.read(a, insert(a, 'in a read')))).toBe('25006');
    expect(await stored()).toEqual([]);
  });

  it('is repeated as a whole when the server asks for it', async () => {
    let attempts = 0;
    await database.administrator.query(`
      create function public.ask_again() returns void language plpgsql
        as $$ begin raise exception using errcode = 'serialization_failure'; end $$;
      grant execute on function public.ask_again() to app_service`);
    await store.write(a, async (transaction) => {
      attempts += 1;
      await transaction.change(insert(a, 'once'));
      if (attempts < 3) await transaction.rows(sql`select public.ask_again()`);
    });
    expect(attempts).toBe(3);
    expect(await stored()).toEqual(['once']);
  });

  it('refuses a scope that is no uuid before anything is sent', async () => {
    for (const tenantId of ['', 'x', "x' or true --", a.tenantId.toUpperCase()])
      await expect(store.read({ tenantId }, names)).rejects.toThrow('A scope needs a tenant id');
  });

  it('narrows a guest to one customer', async () => {
    await store.write(a, async (transaction) => {
      await transaction.change(insert(a, 'mine'));
      await transaction.change(insert(a, 'another'));
    });
    const [mine] = await store.read(a, sql<{ id: string }>`select id from portal.customers where name = 'mine'`);
    expect(await store.read({ ...a, customerId: mine?.id }, names)).toEqual([{ name: 'mine' }]);
  });

  it('keeps 2,000 interleaved pieces of work apart, some of them failing', async () => {
    const wide = database.pool('svc_portal');
    const shared = serviceDatabase(wide);
    await store.write(a, (transaction) => transaction.change(insert(a, 'of a')));
    await store.write(b, (transaction) => transaction.change(insert(b, 'of b')));
    const work = Array.from({ length: 2_000 }, async (_, n) => {
      const scope = n % 2 === 0 ? a : b;
      if (n % 7 === 0) return shared.read(scope, sql`select 1 / 0`).catch(() => []);
      const seen = await shared.read(scope, names);
      return seen.map(({ name }) => name === (n % 2 === 0 ? 'of a' : 'of b'));
    });
    const answers = (await Promise.all(work)).flat();
    expect(answers.length).toBeGreaterThan(1_500);
    expect(answers.every((own) => own === true)).toBe(true);
  });
});

describe('a transaction of the platform', () => {
  it('may read what its policies name and nothing else', async () => {
    const platform = platformDatabase(pool);
    expect((await platform.read('test', sql`select id from app.tenants`)).length).toBe(2);
    expect(await stateOf(platform.read('test', sql`select id from portal.customers`))).toBe('42501');
  });
});
