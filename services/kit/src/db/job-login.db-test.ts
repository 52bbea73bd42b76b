import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../testing/catalog.ts';
import {
  harmlessFunctions,
  jobDatabases,
  jobFunctions,
  jobStatements,
  jobTableRights,
} from '../testing/job-login-rights.ts';
import { testPassword } from '../testing/postgres-server.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { sqlState } from './database-error.ts';
import { databases } from '../config/databases.ts';

// Every verb of SQL that a login has, made from the catalog and tried as a tenant's own login: what is found against
// testing/job-login-rights.ts is a finding, also when PostgreSQL brings it.

const loginOf = (digit: string): string => `t_${digit.repeat(32)}_a`;
const [own, other] = [loginOf('7'), loginOf('8')];

const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

// 428C9: a generated column, which nobody writes.
const refusals = new Set(['42501', '428C9']);

let test: TestDatabase;
let client: pg.Client;
let portal: TestDatabase;
/** A connection of the login to each database that it has business in. */
let inside: Record<(typeof jobDatabases)[number], { administrator: pg.Client; client: pg.Client }>;

const connect = async (database: string): Promise<pg.Client> => {
  const url = new URL(test.url(own, testPassword));
  url.pathname = `/${database}`;
  const connected = new pg.Client({ connectionString: url.href });
  await connected.connect();
  return connected;
};

/** Undefined when it was done, else the SQLSTATE; nothing of it stays. */
const attempt = async (statement: string, by: pg.Client): Promise<string | undefined> => {
  await by.query('begin');
  try {
    await by.query(statement);
    return undefined;
  } catch (error) {
    const state = sqlState(error);
    if (state === undefined) throw error;
    if (state !== '25001') return state;
    // Not within a transaction; outside of one it is refused, or this throws.
    await by.query('rollback');
    return sqlState(await by.query(statement).catch((refusal: unknown) => refusal));
  } finally {
    await by.query('rollback');
  }
};

beforeAll(async () => {
  test = await testDatabase('billing_db');
  for (const login of [own, other])
    await test.administrator.query(`do $$ begin
      create role ${login} login password '${testPassword}';
      exception when duplicate_object then null; end $$; grant tenant_job to ${login} with inherit true, set false`);
  client = await connect(test.name);
  portal = await testDatabase('portal_db');
  inside = {
    billing_db: { administrator: test.administrator, client },
    portal_db: { administrator: portal.administrator, client: await connect(portal.name) },
  };
});
afterAll(async () => {
  for (const { client: connected } of Object.values(inside)) await connected.end();
  await portal.administrator.query(`drop owned by ${own}`);
  await portal.close();
  await test.administrator.query(`drop owned by ${own}; drop role ${own}, ${other}`);
  await test.close();
});

interface Relation {
  name: string;
  columns: { name: string; type: string }[];
}

const relations = async (administrator: pg.Client): Promise<Relation[]> =>
  (
    await administrator.query<Relation>(`
      select c.oid::regclass::text as name,
        (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`)
  ).rows;

/** Each act on a table as a statement, and whether the rights have it. */
const actsOn = (
  { name, columns }: Relation,
  rights: (typeof jobTableRights)['billing_db'],
): [act: string, statement: string, allowed: boolean][] => {
  const { select = false, insert = [], update = [] } = rights[name] ?? {};
  return [
    ['select', `select from ${name}`, select],
    ...columns.flatMap((column): [string, string, boolean][] => [
      [`select ${column.name}`, `select "${column.name}" from ${name}`, select],
      [
        `insert ${column.name}`,
        `insert into ${name} ("${column.name}") select null::${column.type} where false`,
        insert.includes(column.name),
      ],
      [
        `update ${column.name}`,
        `update ${name} set "${column.name}" = default where false`,
        update.includes(column.name),
      ],
    ]),
    ['delete', `delete from ${name} where false`, false],
    ['truncate', `truncate ${name} cascade`, false],
    ['select for update', `select from ${name} for update`, select && update.length > 0],
    ...lockModes.map((mode): [string, string, boolean] => [
      `lock ${mode}`,
      `lock table ${name} in ${mode} mode nowait`,
      select && mode === 'ACCESS SHARE',
    ]),
    ['alter', `alter table ${name} disable row level security`, false],
    ['trigger off', `alter table ${name} disable trigger all`, false],
    ['trigger', `create trigger mine after insert on ${name} execute function app.touch()`, false],
    ['index', `create index on ${name} (${columns[0]?.name})`, false],
    ['policy', `create policy mine on ${name} using (true)`, false],
    ['comment', `comment on table ${name} is 'mine'`, false],
    ['grant', `grant select on ${name} to public`, false],
    ['drop', `drop table ${name} cascade`, false],
  ];
};

describe("a tenant's login", () => {
  it.each([
    ['billing_db', 700],
    ['portal_db', 300],
  ] as const)('may do with tables of %s what is written down, and no act more', async (database, fewest) => {
    const { administrator, client: by } = inside[database];
    const rights = jobTableRights[database];
    const tables = await relations(administrator);
    const findings: string[] = [];
    let cases = 0;
    for (const table of tables) {
      for (const [act, statement, allowed] of actsOn(table, rights)) {
        const refusal = await attempt(statement, by);
        cases += 1;
        // GRANT of what one does not have is a warning, and gives nothing.
        const isDone = act === 'grant' ? await canPublicRead(administrator, table.name) : refusal === undefined;
        if (isDone !== allowed || (!allowed && refusal !== undefined && !refusals.has(refusal)))
          findings.push(`${table.name}: ${act} ${isDone ? 'is done' : `ends with ${refusal}`}`);
      }
    }
    expect(findings).toEqual([]);
    expect(Object.keys(rights).filter((name) => !tables.some((table) => table.name === name))).toEqual([]);
    process.stdout.write(`acts on tables tried: ${cases} on ${tables.length} tables\n`);
    expect(cases).toBeGreaterThan(fewest);
  });

  const canPublicRead = async (administrator: pg.Client, name: string): Promise<boolean> =>
    (
      await administrator.query<{ can: boolean }>(
        'select exists (select from pg_class c, aclexplode(c.relacl) a where c.oid = $1::regclass and a.grantee = 0) as can',
        [name],
      )
    ).rows[0]?.can === true;

  it.each(jobDatabases)(
    'neither refers to a table of %s, nor hangs a trigger on one, nor maintains it',
    async (database) => {
      const { rows } = await inside[database].client.query(
        `select c.oid::regclass::text, r from pg_class c, unnest(array['REFERENCES', 'TRIGGER', 'MAINTAIN']) r
       where c.relkind in ('r', 'p', 'v') and has_table_privilege(c.oid, r)`,
      );
      expect(rows).toEqual([]);
    },
  );

  it.each(jobDatabases)('may execute of our functions in %s what is written down', async (database) => {
    const { rows } = await inside[database].client.query<{ name: string }>(
      `select format('%s.%s', n.nspname, p.oid::regprocedure::text) as name, p.oid::regprocedure::text as signature
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_function_privilege(p.oid, 'execute')
         and p.prorettype <> 'trigger'::regtype and has_schema_privilege(n.oid, 'usage')`,
    );
    const names = rows.map(({ name }) => name.replace(/^\w+\.(\w+\.)/, '$1'));
    expect(names.toSorted()).toEqual(jobFunctions[database].toSorted());
  });

  it.each(jobDatabases)(
    'may execute of PostgreSQL’s functions in %s those that reach nobody, no other',
    async (database) => {
      const { client: by } = inside[database];
      // An argument that is constantly null would be all that the planner leaves of the call.
      const { rows } = await by.query<{ name: string; call: string; can: boolean; callable: boolean }>(
        `select p.proname as name, has_function_privilege(p.oid, 'execute') as can,
         not exists (select from unnest(p.proargtypes) t join pg_type y on y.oid = t where y.typtype = 'p') as callable,
         format('select * from pg_catalog.%I(%s)', p.proname,
           (select string_agg(format('case when random() < 2 then null::%s end', format_type(t, null)), ', ' order by n) from unnest(p.proargtypes) with ordinality u (t, n))) as call
       from pg_proc p
       where p.pronamespace = 'pg_catalog'::regnamespace and p.provolatile = 'v' and p.prokind = 'f'
         and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
       order by 1`,
      );
      const harmless = (name: string): boolean => harmlessFunctions.some(([names]) => names.test(name));
      expect(rows.filter(({ name, can }) => can && !harmless(name)).map(({ name }) => name)).toEqual([]);
      const unused = harmlessFunctions.filter(([names]) => !rows.some(({ name, can }) => can && names.test(name)));
      expect(unused).toEqual([]);
      let refused = 0;
      for (const { name, call, callable } of rows.filter(({ can }) => !can)) {
        if (!callable) continue;
        expect({ name, refusal: await attempt(call, by) }).toEqual({ name, refusal: '42501' });
        refused += 1;
      }
      process.stdout.write(`functions with an effect: ${rows.length}, called and refused: ${refused}\n`);
      expect(refused).toBeGreaterThan(60);
    },
  );

  it.each(jobStatements)('%s', async (statement, expected) => {
    const ofPortal = statement.replaceAll('billing.', 'portal.');
    const refusals = [await attempt(statement, client), await attempt(ofPortal, inside.portal_db.client)];
    const refusal = typeof expected === 'string' ? expected : undefined;
    expect(refusals).toEqual([refusal, refusal]);
  });

  it.each(jobDatabases)('takes nothing in %s away from the role that it shares with all tenants', async (database) => {
    const { administrator, client: by } = inside[database];
    const before = await catalogOf(administrator);
    await by.query('drop owned by tenant_job cascade; reassign owned by tenant_job to current_user');
    expect(await catalogOf(administrator)).toEqual(before);
  });

  it.each(jobDatabases)('reads no other login’s name in the catalog of %s', async (database) => {
    const { client: by } = inside[database];
    const { rows: readable } = await by.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')
         and has_table_privilege(c.oid, 'select') and has_schema_privilege(n.oid, 'usage')`,
    );
    const telling: string[] = [];
    for (const { name } of readable) {
      const { rows } = await by
        .query(`select from ${name} r where r::text like '%' || $1 || '%' limit 1`, [other])
        .catch((error: unknown) => {
          // Views over what it may not read or call.
          if (sqlState(error) === '42501') return { rows: [] };
          throw error;
        });
      if (rows.length > 0) telling.push(name);
    }
    expect(telling).toEqual([]);
    expect(readable.length).toBeGreaterThan(100);
  });

  it.each(['postgres', 'template1', ...databases.map((name) => `template_${name}`)])(
    'does not get into %s unless it has business there',
    async (database) => {
      const connected = connect(database).then((session) => session.end());
      if (jobDatabases.some((name) => database === `template_${name}`))
        await expect(connected).resolves.toBeUndefined();
      else await expect(connected).rejects.toThrow('permission denied for database');
    },
  );
});
