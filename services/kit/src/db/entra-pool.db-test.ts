import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { aTenant } from '../testing/a-tenant.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { DatabaseUnavailable } from './database-error.ts';
import { asEntraLogin } from './entra-pool.ts';
import { createPool, type DatabasePool } from './pool.ts';
import { sql } from './sql.ts';
import { serviceDatabase } from './tenant-database.ts';

// To PostgreSQL a token is a password: the login has one here that is the token, and another when the token is.
let database: TestDatabase;
let tenantId: string;
let pool: DatabasePool;
let asked: number;
let token: () => Promise<string>;
const login = 'entra_service';

const hold = async (current: string): Promise<void> => {
  await database.administrator.query(`alter role ${login} password '${current}'`);
  token = async () => current;
};
const user = async (): Promise<string | undefined> => {
  const [row] = await serviceDatabase(pool).read(
    { tenantId },
    sql<{ name: string }>`select session_user::text as name`,
  );
  return row?.name;
};

beforeAll(async () => {
  database = await testDatabase('portal_db');
  tenantId = await aTenant(database.administrator);
  await database.administrator.query(
    `create role ${login} login noinherit; grant app_service to ${login}; grant connect on database ${database.name} to ${login}`,
  );
});
afterAll(async () => {
  await pool.end();
  await database.administrator.query(`drop owned by ${login}; drop role ${login}`);
  await database.close();
});
beforeEach(async () => {
  await (pool as DatabasePool | undefined)?.end();
  asked = 0;
  const withoutPassword = database.url(login, '');
  const current = (): Promise<string> => {
    asked += 1;
    return token();
  };
  pool = createPool({ ...asEntraLogin(withoutPassword, current), max: 2 });
});

it('signs in with a token in the place of a password, one for each connection', async () => {
  await hold('token-one');
  expect(await user()).toBe(login);
  expect(await user()).toBe(login);
  expect(asked).toBe(1);
});

it('asks for another token for the next connection, and leaves those alone that stand', async () => {
  await hold('token-one');
  const standing = await pool.connect();
  try {
    await hold('token-two');
    expect(await user()).toBe(login);
    expect(asked).toBe(2);
    expect((await standing.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
  } finally {
    standing.release();
  }
});

it('is unavailable while no token can be had, and goes on with the next that can', async () => {
  await hold('token-three');
  const works = token;
  token = () => Promise.reject(new Error('AADSTS70011 planted-secret'));
  const error = await user().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  expect(String(error)).not.toContain('planted-secret');
  token = works;
  expect(await user()).toBe(login);
});

it('is refused with a token of nobody, and says so as the server does', async () => {
  await hold('token-four');
  token = async () => 'expired';
  await expect(user()).rejects.toMatchObject({ code: '28P01' });
});
