import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allFindings, lintExceptions, lintFindings, type LintFinding } from '../testing/catalog-lints.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { databases } from '../config/databases.ts';

// Roles belong to the whole server: other test files make tenants' logins there, some of them wrong on purpose.
const isOfTheSchema = ({ lint, object }: LintFinding): boolean =>
  lint !== 'L7' || !/^t_[0-9a-f]{32}_[ab]$/.test(object);

describe('catalog lints', () => {
  it.each(databases)('find nothing in %s', async (name) => {
    const database = await testDatabase(name);
    try {
      expect((await lintFindings(database.administrator)).filter(isOfTheSchema)).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('have no exception that stands for nothing', async () => {
    const found: LintFinding[] = [];
    for (const name of databases) {
      const database = await testDatabase(name);
      found.push(...(await allFindings(database.administrator)));
      await database.close();
    }
    const unused = lintExceptions.filter(
      ({ lint, object, detail }) =>
        !found.some((one) => one.lint === lint && one.object === object && (detail === '*' || detail === one.detail)),
    );
    expect(unused).toEqual([]);
    expect(lintExceptions.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });
});

describe('each lint sees its fault', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase('portal_db');
  });
  afterAll(() => database.close());

  const tenantTable = (name: string) => `
    create table portal.${name} (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id));
    alter table portal.${name} enable row level security, force row level security;
    create policy service on portal.${name} to app_service
      using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));`;
  const readableF = 'grant select (id) on portal.f to app_service';
  const faults: [lint: string, title: string, plant: string, object: string][] = [
    ['L1', 'a table without row level security', 'create table portal.f (tenant_id uuid not null)', 'portal.f'],
    [
      'L1',
      'row level security that is not forced',
      'alter table portal.customers no force row level security',
      'portal.customers',
    ],
    ['L1', 'a table without a tenant', 'create table portal.f (id uuid)', 'portal.f'],
    [
      'L1',
      'a table without a policy',
      'drop policy service on portal.customers; drop policy guest on portal.customers',
      'portal.customers',
    ],
    ['L2', "a view with its owner's rights", 'create view portal.v as select * from portal.customers', 'portal.v'],
    ['L3', 'a materialized view', 'create materialized view portal.m as select 1 as one', 'portal.m'],
    [
      'L4',
      'a security definer function',
      'create function portal.f() returns int language sql security definer as $$ select 1 $$',
      'portal.f()',
    ],
    [
      'L5',
      'a foreign key without the tenant',
      `${tenantTable('f')} alter table portal.f add other uuid, add constraint fk foreign key (other, id) references portal.customers (tenant_id, id)`,
      'portal.f.fk',
    ],
    ['L6', 'a unique index without the tenant', 'create unique index f on portal.customers (name)', 'portal.f'],
    ['L7', 'a login that may create roles', 'create role fault_login login createrole', 'fault_login'],
    [
      'L7',
      'a service that inherits its role',
      'create role svc_fault login; grant app_service to svc_fault with inherit true',
      'svc_fault',
    ],
    [
      'L7',
      'a login with a right of its own',
      'create role fault_owner login; grant select on portal.customers to fault_owner',
      'fault_owner',
    ],
    [
      'L7',
      "a tenant's login with a service's role",
      `create role t_${'0'.repeat(32)}_a login; grant app_service to t_${'0'.repeat(32)}_a`,
      `t_${'0'.repeat(32)}_a`,
    ],
    ['L8', 'TRUNCATE', 'grant truncate on portal.customers to app_service', 'portal.customers'],
    ['L8', 'a right for everyone', 'grant select on portal.customers to public', 'portal.customers'],
    ['L8', 'CREATE in a schema', 'grant create on schema portal to app_service', 'schema portal'],
    [
      'L9',
      'a policy that a job could drop',
      'create policy f on portal.customers to tenant_job using (tenant_id = (select app.session_tenant()))',
      'portal.customers.f',
    ],
    ['L9', 'a policy for everyone', 'create policy f on portal.customers using (true)', 'portal.customers.f'],
    [
      'L9',
      'a policy that reads the setting for every row',
      'drop policy service on portal.customers; create policy service on portal.customers to app_service using (tenant_id = app.tenant_id())',
      'portal.customers.service',
    ],
    [
      'L9',
      'two permissive policies for one role',
      'create policy f on portal.customers to app_service using ((select app.tenant_id()) is not null)',
      'portal.customers.f',
    ],
    ['L10', 'a table of which a guest sees every row', tenantTable('f') + readableF, 'portal.f'],
    [
      'L10',
      'a guest who is narrowed for one command only',
      `drop policy guest on portal.customers; create policy guest on portal.customers as restrictive for update to app_service
        using ((select app.customer_id()) is null)`,
      'portal.customers',
    ],
  ];

  it.each(faults)('%s: %s', async (lint, _title, plant, object) => {
    const { administrator } = database;
    await administrator.query('begin');
    try {
      await administrator.query(plant);
      const found = await lintFindings(administrator);
      expect(found.filter((finding) => finding.lint === lint).map((finding) => finding.object)).toContain(object);
    } finally {
      await administrator.query('rollback');
    }
  });
});
