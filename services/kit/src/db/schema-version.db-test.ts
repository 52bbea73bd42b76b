import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testPassword } from '../testing/postgres-server.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { migrateDatabase } from './migrate.ts';
import { databases } from '../config/databases.ts';
import { createPool } from './pool.ts';
import { requireSchema, type ReadApplied } from './schema-version.ts';
import { jobDatabase, platformDatabase } from './tenant-database.ts';

const askedOf =
  (platform: ReturnType<typeof platformDatabase>): ReadApplied =>
  (statement) =>
    platform.read('schema version', statement);

describe('the schema that a service finds', () => {
  let database: TestDatabase;
  let asked: ReadApplied;
  const check = (acceptNewer = false) => requireSchema(asked, { database: 'portal_db', acceptNewer });

  beforeAll(async () => {
    database = await testDatabase('portal_db');
    asked = askedOf(platformDatabase(database.pool('svc_portal')));
  });
  afterAll(() => database.close());
  beforeEach(() => database.administrator.query("delete from migrations.own where name like '9999%'"));

  it('is the one that this release needs', async () => {
    await check();
  });

  it('is refused where it is older, with what it lacks', async () => {
    await database.administrator.query("update migrations.own set name = '9999_x' where name = '0001_portal'");
    await expect(check()).rejects.toThrow('portal_db lacks own/0001_portal: its migrations come with `helm upgrade`');
    await database.administrator.query("update migrations.own set name = '0001_portal' where name = '9999_x'");
  });

  it('is refused where it is newer, unless a person goes back', async () => {
    await database.administrator.query(
      "insert into migrations.own (name, run_on) select '9999_' || n, now() from generate_series(1, 5) n",
    );
    await expect(check()).rejects.toThrow(
      'newer release, which added own/9999_1, own/9999_2, own/9999_3 and 2 more: deploy that one, or set ACCEPT_NEWER_SCHEMA',
    );
    await check(true);
  });

  it('is refused where nobody has migrated, and where a release did that told services nothing', async () => {
    const empty = await testDatabase(null);
    try {
      const unmigrated = requireSchema(askedOf(platformDatabase(empty.pool('svc_portal'))), {
        database: 'portal_db',
        acceptNewer: true,
      });
      await expect(unmigrated).rejects.toThrow('portal_db was not migrated by this release');
    } finally {
      await empty.close();
    }
    await database.administrator.query('revoke select on migrations.own from app_platform');
    await expect(check()).rejects.toThrow('portal_db was not migrated by this release');
    await migrateDatabase(database.url(), 'portal_db');
    await check();
  });
});

describe('the names of what is applied', () => {
  it('are told to the operator in every database', async () => {
    for (const name of databases) {
      const database = await testDatabase(name);
      const pool = createPool({ connectionString: database.url('provisioner_00') });
      try {
        await requireSchema(async ({ text }) => (await pool.query<{ name: string }>(text)).rows, {
          database: name,
          acceptNewer: false,
        });
      } finally {
        await pool.end();
        await database.close();
      }
    }
  });

  it('are told to a tenant’s job', async () => {
    const database = await testDatabase('billing_db');
    const tenantId = '99999999-9999-7999-8999-999999999999';
    const login = `t_${tenantId.replaceAll('-', '')}_a`;
    await database.administrator.query(
      `create role ${login} login password '${testPassword}'; grant tenant_job to ${login}`,
    );
    const pool = createPool({ connectionString: database.url(login) });
    try {
      const job = jobDatabase(pool, tenantId);
      const read: ReadApplied = (statement) => job.read({ tenantId }, statement);
      await requireSchema(read, { database: 'billing_db', acceptNewer: false });
      await database.administrator.query("insert into migrations.own (name, run_on) values ('9999_x', now())");
      await expect(requireSchema(read, { database: 'billing_db', acceptNewer: false })).rejects.toThrow(
        'billing_db is of a newer release, which added own/9999_x',
      );
    } finally {
      await pool.end();
      await database.administrator.query(`drop role ${login}`);
      await database.close();
    }
  });
});
