import { databases, forEachDatabase, type DatabaseName } from '@legendops/kit/config/databases';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProvisioners, type Provisioners } from './provisioners.ts';
import { requireSchemas } from './require-schemas.ts';

describe('the schemas that the operator finds', () => {
  const found = new Map<DatabaseName, TestDatabase>();
  let provisioners: Provisioners;
  const administratorOf = (name: DatabaseName) => (found.get(name) as TestDatabase).administrator;
  const check = (acceptNewer = false) => requireSchemas(provisioners, { acceptNewer });

  beforeAll(async () => {
    for (const name of databases) found.set(name, await testDatabase(name));
    provisioners = createProvisioners({
      databaseUrls: forEachDatabase((name) => (found.get(name) as TestDatabase).url()),
      provisionerPasswords: { provisioner_00: testPassword },
    });
  });
  afterAll(async () => {
    await provisioners.close();
    for (const database of found.values()) await database.close();
  });

  it('are those of its release', async () => {
    await check();
  });

  it.each(databases)('are refused where %s is older, was never migrated, or is newer', async (name) => {
    const administrator = administratorOf(name);
    await administrator.query("update migrations.common set name = '9999_x' where name = '0001_app'");
    await expect(check()).rejects.toThrow(`${name} lacks common/0001_app`);
    await administrator.query("update migrations.common set name = '0001_app' where name = '9999_x'");
    await administrator.query('revoke usage on schema migrations from app_registry');
    await expect(check()).rejects.toThrow(`${name} was not migrated by this release`);
    await administrator.query('grant usage on schema migrations to app_registry');
    await administrator.query("insert into migrations.own (name, run_on) values ('9999_later', now())");
    await expect(check()).rejects.toThrow(`${name} is of a newer release, which added own/9999_later`);
    await check(true);
    await administrator.query("delete from migrations.own where name = '9999_later'");
  });
});
