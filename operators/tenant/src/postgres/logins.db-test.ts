import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { newTenantId } from '../phases/tenant-id.ts';
import { createLogins, loginOf, type Logins } from './logins.ts';
import { createProvisioners, type Provisioners } from './provisioners.ts';
import { newPassword, scramVerifier } from './scram-verifier.ts';

let database: TestDatabase;
let provisioners: Provisioners;
let logins: Logins;

beforeAll(async () => {
  database = await testDatabase('billing_db');
  const url = database.url();
  const config = {
    databaseUrls: { auth_db: url, billing_db: url, portal_db: url, catalog_db: url },
    provisionerPasswords: Object.fromEntries(['00', '01', '02'].map((shard) => [`provisioner_${shard}`, testPassword])),
  };
  provisioners = createProvisioners(config);
  logins = createLogins(provisioners, config);
});
afterAll(async () => {
  await provisioners.close();
  await database.close();
});

/** A tenant with both logins, slot a open. */
const withLogins = async () => {
  const tenantId = newTenantId();
  await logins.createBoth(tenantId);
  const password = newPassword();
  await logins.enable(tenantId, 'a', await scramVerifier(password));
  return { tenantId, password };
};
const connect = async (tenantId: string, password: string) => {
  const client = new pg.Client({ connectionString: database.url(loginOf(tenantId, 'a'), password) });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

test('both logins are made at once, neither can log in, both are members of tenant_job alone', async () => {
  const tenantId = newTenantId();
  await logins.createBoth(tenantId);
  const expected = { exists: true, canLogin: false, isClosing: false, differences: { repairs: [], excess: [] } };
  const state = await logins.observe(tenantId);
  expect(state).toMatchObject({ a: expected, b: expected });
  expect(state.a.administrator).toBe(provisioners.of(tenantId));
  await logins.createBoth(tenantId);
  expect(await logins.observe(tenantId)).toEqual(state);
});

test('a verifier of ours lets its password in, as the tenant and as nobody else', async () => {
  const { tenantId, password } = await withLogins();
  expect(await logins.opens(tenantId, 'a', password)).toBe(true);
  expect(await logins.opens(tenantId, 'a', 'wrong')).toBe(false);
  expect(await logins.opens(tenantId, 'b', password)).toBe(false);
  const client = await connect(tenantId, password);
  const { rows } = await client.query('select app.session_tenant() as tenant, current_user::text as login');
  expect(rows).toEqual([{ tenant: tenantId, login: loginOf(tenantId, 'a') }]);
  await expect(client.query('set role app_service')).rejects.toThrow('permission denied');
  await client.end();
});

test('closing a login ends its sessions and leaves no right behind', async () => {
  const { tenantId, password } = await withLogins();
  const client = await connect(tenantId, password);
  await logins.disable(tenantId, 'a');
  await expect(client.query('select 1')).rejects.toThrow(/terminat|Connection/i);
  expect(await logins.opens(tenantId, 'a', password)).toBe(false);
  const { rows } = await database.administrator.query(
    `select m.rolname, x.inherit_option from pg_auth_members x join pg_roles m on m.oid = x.member
     join pg_roles r on r.oid = x.roleid where r.rolname = $1`,
    [loginOf(tenantId, 'a')],
  );
  expect(rows).toEqual([{ rolname: provisioners.of(tenantId), inherit_option: false }]);
});

describe('drift', () => {
  test.each([
    ['connection limit', 'alter role LOGIN connection limit 99'],
    ['no create role', 'alter role LOGIN createrole'],
    ['inherit', 'alter role LOGIN noinherit'],
    ['no expiry', "alter role LOGIN valid until '2000-01-01'"],
    ['settings', "alter role LOGIN set search_path = 'evil'"],
    ['settings', 'alter role LOGIN reset all'],
    ['membership of tenant_job', 'revoke tenant_job from LOGIN granted by PROVISIONER'],
  ])('%s is set right again after: %s', async (repair, harm) => {
    const { tenantId, password } = await withLogins();
    const statement = harm.replace('LOGIN', loginOf(tenantId, 'a')).replace('PROVISIONER', provisioners.of(tenantId));
    await database.administrator.query(statement);
    const drifted = await logins.observe(tenantId);
    expect(drifted.a.differences).toEqual({ repairs: [repair], excess: [] });
    await logins.repair(tenantId, 'a', drifted.a);
    expect((await logins.observe(tenantId)).a.differences).toEqual({ repairs: [], excess: [] });
    expect(await logins.opens(tenantId, 'a', password)).toBe(true);
  });

  test('one slot that was dropped comes back, made by the same provisioner', async () => {
    const { tenantId, password } = await withLogins();
    await database.administrator.query(`drop role ${loginOf(tenantId, 'b')}`);
    await logins.createBoth(tenantId);
    const state = await logins.observe(tenantId);
    expect(state.b).toMatchObject({ exists: true, canLogin: false, administrator: state.a.administrator });
    expect(await logins.opens(tenantId, 'a', password)).toBe(true);
  });

  test.each([
    ['member of app_service inherit=t set=t admin=f', 'grant app_service to LOGIN'],
    ['superuser', 'alter role LOGIN superuser'],
    ['bypassrls', 'alter role LOGIN bypassrls'],
    ['createdb', 'alter role LOGIN createdb'],
    ['replication', 'alter role LOGIN replication'],
    ['1 objects or grants of its own', 'grant select on app.tenants to LOGIN'],
    ['1 objects or grants of its own', 'create table public.LOGIN (); alter table public.LOGIN owner to LOGIN'],
  ])('%s is seen after: %s', async (excess, harm) => {
    const { tenantId } = await withLogins();
    await database.administrator.query(harm.replaceAll('LOGIN', loginOf(tenantId, 'a')));
    expect((await logins.observe(tenantId)).a.differences).toEqual({ repairs: [], excess: [excess] });
  });
});

test('a close that broke off before the sessions ended shows, and is ended by the next', async () => {
  const { tenantId, password } = await withLogins();
  const client = await connect(tenantId, password);
  const provisioner = provisioners.of(tenantId);
  await provisioners.on(provisioner, 'billing_db', async (connection) => {
    await connection.query(`grant ${loginOf(tenantId, 'a')} to ${provisioner} with inherit true, set false`);
    await connection.query(`alter role ${loginOf(tenantId, 'a')} nologin`);
  });
  expect((await logins.observe(tenantId)).a).toMatchObject({ canLogin: false, isClosing: true });
  await client.query('select 1');
  await logins.disable(tenantId, 'a');
  await expect(client.query('select 1')).rejects.toThrow(/terminat|Connection/i);
  expect((await logins.observe(tenantId)).a).toMatchObject({ canLogin: false, isClosing: false });
});

test('another number of provisioners finds the logins that former ones made', async () => {
  const { tenantId, password } = await withLogins();
  const maker = (await logins.observe(tenantId)).a.administrator;
  const config = {
    databaseUrls: { auth_db: database.url(), billing_db: database.url(), portal_db: '', catalog_db: '' },
    provisionerPasswords: Object.fromEntries(
      Array.from({ length: 8 }, (_, shard) => [`provisioner_0${shard}`, testPassword]),
    ),
  };
  const more = createProvisioners(config);
  const others = createLogins(more, config);
  await others.disable(tenantId, 'a');
  expect(await logins.opens(tenantId, 'a', password)).toBe(false);
  await others.dropBoth(tenantId);
  expect((await others.observe(tenantId)).a.exists).toBe(false);
  expect(maker).toBeDefined();
  await more.close();
});

test('dropping both is repeatable, and touches nobody else', async () => {
  const [gone, stays] = [await withLogins(), await withLogins()];
  await logins.dropBoth(gone.tenantId);
  await logins.dropBoth(gone.tenantId);
  await logins.disable(gone.tenantId, 'a');
  expect((await logins.observe(gone.tenantId)).a.exists).toBe(false);
  expect(await logins.opens(stays.tenantId, 'a', stays.password)).toBe(true);
});

test('what is not a tenant id never stands in a statement', async () => {
  for (const bad of ["x'; drop role postgres; --", '', '01980000-0000-7000-8000-00000000000']) {
    expect(() => loginOf(bad, 'a')).toThrow('Not a tenant id');
    await expect(logins.createBoth(bad)).rejects.toThrow('Not a tenant id');
  }
});
