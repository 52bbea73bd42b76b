import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertText, isHeldToWords, sampleRow, tenantTables, type TenantTable } from '../testing/tenant-tables.ts';
import { jobDatabases } from '../testing/job-login-rights.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { testPassword } from '../testing/postgres-server.ts';
import { databases, type DatabaseName } from '../config/databases.ts';
import { sqlState } from './database-error.ts';

// Generated from the catalog: a table that is added tomorrow is tested tomorrow, or this says that it has no sample row.

const A = '0190a000-0000-7000-8000-00000000000a';
const B = '0190b000-0000-7000-8000-00000000000b';
const seedOf = { [A]: 'aaaaaaaa-0000-4000-8000-000000000001', [B]: 'bbbbbbbb-0000-4000-8000-000000000001' } as Record<
  string,
  string
>;
const unused = 'cccccccc-0000-4000-8000-000000000001';
const jobLogin = `t_${A.replaceAll('-', '')}_a`;

/** Refusals that leave nothing behind; anything else that is thrown is a finding. */
const refusals = new Set(['42501', '22P02', '0A000', '23503', '23505', '42P01', '57014']);

type Condition = { title: string; tenant: string | undefined };
const conditions: Condition[] = [
  { title: 'no tenant', tenant: undefined },
  { title: 'the other tenant', tenant: A },
  { title: 'an empty tenant', tenant: '' },
  { title: 'a garbage tenant', tenant: "x' or true --" },
];

type Act = {
  title: string;
  statement: (table: TenantTable) => { text: string; values?: unknown[] } | undefined;
  reads?: boolean;
};

const key = (table: TenantTable): string => table.primaryKey.map((name) => `${name} = excluded.${name}`).join(', ');
const acts: Act[] = [
  {
    title: 'select',
    reads: true,
    statement: ({ name }) => ({
      text: `select count(*)::int as foreign from ${name} where tenant_id = $1`,
      values: [B],
    }),
  },
  {
    title: 'select everything',
    reads: true,
    statement: ({ name }) => ({
      text: `select count(*)::int as foreign from ${name} where tenant_id <> $1`,
      values: [A],
    }),
  },
  { title: 'insert', statement: (table) => insertText(table, sampleRow(table, { tenantId: B, seed: unused })) },
  {
    title: 'update',
    statement: ({ name }) => ({ text: `update ${name} set tenant_id = tenant_id where tenant_id = $1`, values: [B] }),
  },
  { title: 'move', statement: ({ name }) => ({ text: `update ${name} set tenant_id = $1`, values: [B] }) },
  { title: 'delete', statement: ({ name }) => ({ text: `delete from ${name} where tenant_id = $1`, values: [B] }) },
  {
    title: 'upsert',
    statement: (table) => {
      const { text, values } = insertText(table, sampleRow(table, { tenantId: B, seed: seedOf[B] ?? '' }));
      return { text: `${text} on conflict (${table.primaryKey.join(', ')}) do update set ${key(table)}`, values };
    },
  },
  {
    title: 'foreign key',
    statement: (table) => {
      if (!table.reference) return undefined;
      // A row of the own tenant that points at the parent's id of the other one.
      const row = { ...sampleRow(table, { tenantId: A, seed: unused }) };
      for (const column of table.reference.columns)
        if (column !== 'tenant_id' && !isHeldToWords(table, column)) row[column] = seedOf[B];
      return insertText(table, row);
    },
  },
  {
    title: 'copy',
    reads: true,
    statement: ({ name }) => ({ text: `copy (select 1 from ${name} where tenant_id = '${B}') to stdout` }),
  },
  {
    title: 'view',
    reads: true,
    statement: ({ name }) => ({
      text: `select count(*)::int as foreign from probe.${name.replace('.', '_')} where tenant_id = $1`,
      values: [B],
    }),
  },
];

const arrange = async (administrator: pg.Client): Promise<TenantTable[]> => {
  const tables = await tenantTables(administrator);
  // Constraints between tables are not what is tested here, and triggers would refuse the sample rows.
  await administrator.query('set session_replication_role = replica');
  for (const table of tables) {
    for (const tenantId of [A, B])
      await administrator.query(insertText(table, sampleRow(table, { tenantId, seed: seedOf[tenantId] ?? '' })));
  }
  await administrator.query('set session_replication_role = origin');
  await administrator.query('create schema probe; grant usage on schema probe to app_service, tenant_job');
  for (const { name } of tables) {
    const view = `probe.${name.replace('.', '_')}`;
    await administrator.query(
      `create view ${view} with (security_invoker = true) as select * from ${name}; grant select on ${view} to app_service, tenant_job`,
    );
  }
  return tables;
};

const foreignRows = async (administrator: pg.Client, tables: readonly TenantTable[]): Promise<string[]> => {
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await administrator.query<{ row: string }>(
      `select t::text as row from ${name} t where tenant_id = $1 order by 1`,
      [B],
    );
    found.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return found;
};

const attempt = async (
  client: pg.Client,
  { tenant, role, act, table }: { tenant: string | undefined; role: boolean; act: Act; table: TenantTable },
): Promise<number> => {
  const statement = act.statement(table);
  if (!statement) return 0;
  await client.query('begin');
  try {
    if (role) await client.query('set local role app_service');
    if (tenant !== undefined) await client.query("select set_config('app.tenant_id', $1, true)", [tenant]);
    const result = await client.query<{ foreign?: number }>(statement);
    await client.query('set constraints all immediate');
    if (act.title === 'copy') return result.rowCount ?? 0;
    if (act.reads) return result.rows[0]?.foreign ?? 0;
    // A write of another tenant's row, or one that points at it, has happened when it reports rows.
    return act.title === 'move' ? 0 : (result.rowCount ?? 0);
  } catch (error) {
    if (refusals.has(sqlState(error) ?? '')) return 0;
    throw error;
  } finally {
    // Committed, not rolled back: what was refused only half would stay and be seen.
    await client.query('commit').catch(() => client.query('rollback'));
  }
};

describe.each(databases)('isolation in %s', (database: DatabaseName) => {
  let test: TestDatabase;
  let tables: TenantTable[];
  let before: string[];
  const clients: pg.Client[] = [];
  const connect = async (login: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: test.url(login, testPassword) });
    await client.connect();
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    test = await testDatabase(database);
    tables = await arrange(test.administrator);
    before = await foreignRows(test.administrator, tables);
    await test.administrator.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${jobLogin}') then create role ${jobLogin} login password '${testPassword}'; end if; end $$`);
    await test.administrator.query(`grant tenant_job to ${jobLogin} with inherit true, set false`);
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.end()));
    await test.close();
  });

  it('has a sample row of both tenants in every table', () => {
    expect(tables.length).toBeGreaterThan(2);
    expect(before.length).toBe(tables.length);
  });

  it.each(conditions)('a service with $title reaches nothing of another tenant', async ({ tenant }) => {
    const client = await connect(`svc_${database.replace('_db', '')}`);
    let cases = 0;
    for (const table of tables) {
      for (const act of acts) {
        const reached = await attempt(client, { tenant, role: true, act, table });
        expect({ table: table.name, act: act.title, reached }).toEqual({
          table: table.name,
          act: act.title,
          reached: 0,
        });
        cases += 1;
      }
    }
    expect(await foreignRows(test.administrator, tables)).toEqual(before);
    expect(cases).toBe(tables.length * acts.length);
  });

  it('a service that forgets its role reaches nothing at all', async () => {
    const client = await connect(`svc_${database.replace('_db', '')}`);
    for (const table of tables) {
      for (const act of acts) expect(await attempt(client, { tenant: B, role: false, act, table })).toBe(0);
    }
    expect(await foreignRows(test.administrator, tables)).toEqual(before);
  });

  it('sees its own rows: the suite would notice if it saw none for another reason', async () => {
    const client = await connect(`svc_${database.replace('_db', '')}`);
    await client.query('begin');
    await client.query('set local role app_service');
    await client.query("select set_config('app.tenant_id', $1, true)", [A]);
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from app.outbox');
    await client.query('rollback');
    expect(rows[0]?.count).toBe(1);
  });

  const hasJobs = jobDatabases.some((name) => name === database);
  const jobConditions = hasJobs ? conditions : [];
  it.for(jobConditions)('a job with $title reaches nothing of another tenant', async ({ tenant }) => {
    const client = await connect(jobLogin);
    for (const table of tables) {
      for (const act of acts) {
        const reached = await attempt(client, { tenant: tenant === A ? B : tenant, role: false, act, table });
        expect({ table: table.name, act: act.title, reached }).toEqual({
          table: table.name,
          act: act.title,
          reached: 0,
        });
      }
    }
    expect(await foreignRows(test.administrator, tables)).toEqual(before);
  });

  if (!hasJobs) {
    it('a job cannot even connect', async () => {
      await expect(connect(jobLogin)).rejects.toThrow('permission denied for database');
    });
  }

  it('notices a table whose policies are off', async () => {
    const client = await connect(`svc_${database.replace('_db', '')}`);
    const table = tables.find(({ name }) => name === 'app.outbox');
    const select = acts.find(({ title }) => title === 'select');
    if (!table || !select) throw new Error('The suite has lost its table');
    await test.administrator.query('alter table app.outbox disable row level security');
    expect(await attempt(client, { tenant: A, role: true, act: select, table })).toBe(1);
    await test.administrator.query('alter table app.outbox enable row level security');
    expect(await attempt(client, { tenant: A, role: true, act: select, table })).toBe(0);
  });

  it('notices a foreign key without the tenant', async () => {
    const client = await connect(`svc_${database.replace('_db', '')}`);
    const foreignKey = acts.find(({ title }) => title === 'foreign key');
    if (!foreignKey) throw new Error('The suite has lost its act');
    await test.administrator.query(`
      create table probe.parents (tenant_id uuid, id uuid unique, primary key (tenant_id, id));
      create table probe.children (tenant_id uuid, id uuid, parent_id uuid not null, primary key (tenant_id, id),
        foreign key (parent_id) references probe.parents (id));
      grant insert on probe.children to app_service;
      insert into probe.parents values ('${B}', '${seedOf[B]}')`);
    const child = async (): Promise<TenantTable> => {
      const table = (await tenantTables(test.administrator)).find(({ name }) => name === 'probe.children');
      if (!table) throw new Error('The probe is not in the catalog');
      return table;
    };
    expect(await attempt(client, { tenant: A, role: true, act: foreignKey, table: await child() })).toBe(1);
    await test.administrator.query(`
      truncate probe.children;
      alter table probe.children drop constraint children_parent_id_fkey,
        add foreign key (tenant_id, parent_id) references probe.parents (tenant_id, id)`);
    expect(await attempt(client, { tenant: A, role: true, act: foreignKey, table: await child() })).toBe(0);
    await test.administrator.query('drop table probe.children, probe.parents');
  });
});
