import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { migrateDatabase } from './migrate.ts';
import { requireSchema } from './schema-version.ts';
import { platformDatabase, type PlatformDatabase } from './tenant-database.ts';

describe('the schema that a service finds', () => {
  let database: TestDatabase;
  let platform: PlatformDatabase;
  const check = (acceptNewer = false) => requireSchema(platform, { database: 'portal_db', acceptNewer });

  beforeAll(async () => {
    database = await testDatabase('portal_db');
    platform = platformDatabase(database.pool('svc_portal'));
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
      const unmigrated = requireSchema(platformDatabase(empty.pool('svc_portal')), {
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
