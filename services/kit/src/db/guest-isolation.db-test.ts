import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintExceptions } from '../testing/catalog-lints.ts';
import { testPassword } from '../testing/postgres-server.ts';
import { insertText, sampleRow, tenantTables, type TenantTable } from '../testing/tenant-tables.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { sqlState } from './database-error.ts';
import { databases } from '../config/databases.ts';

// A service works for a guest: with the guest's tenant and customer set, nothing of another customer is there, whatever
// a query forgot. Generated from the catalog, as the isolation of tenants is.

const tenant = '0190a000-0000-7000-8000-00000000000a';
const another = 'aaaaaaaa-0000-4000-8000-000000000001';
const guest = 'eeeeeeee-0000-4000-8000-000000000001';

const shownToGuests = new Set(lintExceptions.filter(({ lint }) => lint === 'L10').map(({ object }) => object));

describe.each(databases)('a guest in %s', (database) => {
  let test: TestDatabase;
  let tables: TenantTable[];
  let client: pg.Client;

  beforeAll(async () => {
    test = await testDatabase(database);
    tables = (await tenantTables(test.administrator)).filter(({ name }) => !shownToGuests.has(name));
    await test.administrator.query('set session_replication_role = replica');
    for (const table of tables)
      await test.administrator.query(insertText(table, sampleRow(table, { tenantId: tenant, seed: another })));
    await test.administrator.query('set session_replication_role = origin');
    client = new pg.Client({ connectionString: test.url(`svc_${database.replace('_db', '')}`, testPassword) });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await test.close();
  });

  /** The number of rows that a statement reached as a service for the guest, or for staff; 'refused' where it was. */
  const reach = async (statement: string | { text: string; values: unknown[] }, customer = guest) => {
    await client.query('begin');
    try {
      await client.query('set local role app_service');
      await client.query("select set_config('app.tenant_id', $1, true), set_config('app.customer_id', $2, true)", [
        tenant,
        customer,
      ]);
      return (await client.query(statement)).rowCount ?? 0;
    } catch (error) {
      if (sqlState(error) === '42501') return 'refused';
      throw error;
    } finally {
      await client.query('rollback');
    }
  };
  const readable = async ({ name }: TenantTable): Promise<boolean> =>
    (
      await test.administrator.query<{ can: boolean }>(
        "select has_any_column_privilege('app_service', $1, 'select') as can",
        [name],
      )
    ).rows[0]?.can === true;

  it('reads, changes and removes no row of another customer, nor of none', async () => {
    let cases = 0;
    for (const table of tables) {
      const acts = [
        `select from ${table.name}`,
        `update ${table.name} set tenant_id = tenant_id`,
        `delete from ${table.name}`,
      ];
      for (const act of acts) {
        expect({ act, reached: await reach(act) }).toEqual({ act, reached: expect.toBeOneOf([0, 'refused']) });
        cases += 1;
      }
    }
    process.stdout.write(`${database}: ${cases} acts of a guest on ${tables.length} tables\n`);
  });

  it('is not in the way of staff: who see what is theirs', async () => {
    let seen = 0;
    for (const table of tables) {
      if (!(await readable(table))) continue;
      const key = table.primaryKey[0];
      expect({ table: table.name, rows: await reach(`select ${key} from ${table.name}`, '') }).toEqual({
        table: table.name,
        rows: 1,
      });
      seen += 1;
    }
    expect(seen).toBeGreaterThan(1);
  });

  it('notices a table without the policy', async () => {
    await test.administrator.query('begin; drop policy guest on app.outbox; commit');
    expect(await reach('select from app.outbox')).toBe(1);
  });
});
