import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forEachDatabase } from '@legendops/kit/config/databases';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { newTenantId } from '../api/tenant-id.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { connectionLimit } from './login-differences.ts';
import { LoginNotOurs } from './login-refusal.ts';
import { createLogins, loginOf, type Logins } from './logins.ts';
import { createProvisioners, type Provisioners } from './provisioners.ts';
import { reads } from './reads.ts';
import { createRegistry } from './registry.ts';
import { newPassword, scramVerifier } from '@legendops/kit/config/scram-verifier';

const provisionerPasswords = Object.fromEntries(
  ['00', '01', '02'].map((shard) => [`provisioner_${shard}`, testPassword]),
);

let database: TestDatabase;
let provisioners: Provisioners;
let logins: Logins;

beforeAll(async () => {
  database = await testDatabase('billing_db');
  const url = database.url();
  const config = {
    databaseUrls: { auth_db: url, billing_db: url, portal_db: url, catalog_db: url },
    provisionerPasswords,
  };
  provisioners = createProvisioners(config);
  logins = createLogins(provisioners, config, 'billing_db');
});
afterAll(async () => {
  await provisioners.close();
  await database.close();
});

/** A tenant with both logins, slot a open. */
const withLogins = async () => {
  const tenantId = newTenantId();
  const states = await logins.createBoth(tenantId, await logins.observe(tenantId));
  const password = newPassword();
  await logins.enable(tenantId, 'a', { verifier: await scramVerifier(password), state: states.a });
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
  await logins.createBoth(tenantId, await logins.observe(tenantId));
  const expected = { exists: true, canLogin: false, isClosing: false, differences: { repairs: [], excess: [] } };
  const state = await logins.observe(tenantId);
  expect(state).toMatchObject({ a: expected, b: expected });
  expect(state.a.administrator).toBe(provisioners.of(tenantId));
  await logins.createBoth(tenantId, await logins.observe(tenantId));
  expect(await logins.observe(tenantId)).toEqual(state);
});

test('a change of logins is one message, in which nothing is made by halves', async () => {
  const messages: string[] = [];
  const counted: Provisioners = {
    ...provisioners,
    on: (provisioner, name, work) =>
      provisioners.on(provisioner, name, (client) =>
        work({
          query: (statement, values) => {
            messages.push(typeof statement === 'string' ? statement : statement.text);
            return client.query(statement, values);
          },
        }),
      ),
  };
  const others = createLogins(counted, { databaseUrls: forEachDatabase(() => database.url()) }, 'billing_db');
  const tenantId = newTenantId();
  const states = await others.createBoth(tenantId);
  await others.enable(tenantId, 'a', { verifier: await scramVerifier(newPassword()), state: states.a });
  expect(messages.filter((text) => text !== reads.observeLogins)).toHaveLength(2);
  expect(states).toEqual(await logins.observe(tenantId).then(({ a, b }) => ({ a: { ...a, canLogin: false }, b })));

  const half = newTenantId();
  await database.administrator.query(`create role ${loginOf(half, 'b')}`);
  await expect(logins.createBoth(half)).rejects.toMatchObject({ code: '42710' });
  expect((await logins.observe(half)).a.exists).toBe(false);
  await database.administrator.query(`drop role ${loginOf(half, 'b')}`);
});

test('a server of portal_db has logins of its own, by the same password', async () => {
  const portal = await testDatabase('portal_db');
  const urls = { databaseUrls: forEachDatabase(() => portal.url()) };
  const there = createProvisioners({ provisionerPasswords, ...urls });
  const ofPortal = createLogins(there, urls, 'portal_db');
  const [tenantId, password] = [newTenantId(), newPassword()];
  const { a } = await ofPortal.createBoth(tenantId);
  await ofPortal.enable(tenantId, 'a', { verifier: await scramVerifier(password), state: a });
  expect(await ofPortal.opens(tenantId, 'a', password)).toBe(true);
  await ofPortal.dropBoth(tenantId);
  expect((await ofPortal.observe(tenantId)).a.exists).toBe(false);
  await there.close();
  await portal.close();
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
    await logins.createBoth(tenantId, await logins.observe(tenantId));
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
  const others = createLogins(more, config, 'billing_db');
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
  const nothing = await logins.observe(newTenantId());
  for (const bad of ["x'; drop role postgres; --", '', '01980000-0000-7000-8000-00000000000']) {
    expect(() => loginOf(bad, 'a')).toThrow('Not a tenant id');
    await expect(logins.observe(bad)).rejects.toThrow('Not a tenant id');
    await expect(logins.createBoth(bad, nothing)).rejects.toThrow('Not a tenant id');
  }
});

test('a login whose jobs hold every connection still has the right password', async () => {
  const { tenantId, password } = await withLogins();
  const clients = [];
  for (let index = 0; index < connectionLimit; index += 1) clients.push(await connect(tenantId, password));
  await expect(connect(tenantId, password)).rejects.toMatchObject({ code: '53300' });
  expect(await logins.opens(tenantId, 'a', password)).toBe(true);
  expect(await logins.opens(tenantId, 'a', 'wrong')).toBe(false);
  await Promise.all(clients.map((client) => client.end()));
});

test('closing a closed login changes nothing', async () => {
  const { tenantId } = await withLogins();
  await logins.disable(tenantId, 'a');
  const row = () =>
    database.administrator.query('select xmin::text from pg_authid where rolname = $1', [loginOf(tenantId, 'a')]);
  const before = (await row()).rows;
  await logins.disable(tenantId, 'a');
  expect((await row()).rows).toEqual(before);
});

test('a login that no provisioner may change is not said to be closed', async () => {
  const { tenantId, password } = await withLogins();
  const login = loginOf(tenantId, 'a');
  await database.administrator.query(`revoke admin option for ${login} from ${provisioners.of(tenantId)}`);
  await expect(logins.disable(tenantId, 'a')).rejects.toThrow(LoginNotOurs);
  expect(await logins.opens(tenantId, 'a', password)).toBe(true);
  // Roles are the whole server's: what is not as it should be must not stay for other tests' eyes.
  await database.administrator.query(`drop role ${login}`);
});

test('what a database refuses says which database, and why', async () => {
  const refused = provisioners.on(provisioners.registrar, 'auth_db', (client) => client.query('select 1/0'));
  await expect(refused).rejects.toMatchObject({ name: 'DatabaseUnavailable', database: 'auth_db', code: '22012' });
  const nowhere = new URL(database.url());
  nowhere.port = '1';
  const lost = createProvisioners({
    databaseUrls: {
      auth_db: nowhere.href,
      billing_db: nowhere.href,
      portal_db: nowhere.href,
      catalog_db: nowhere.href,
    },
    provisionerPasswords: { provisioner_00: 'x' },
  });
  const unreached = lost.on('provisioner_00', 'catalog_db', () => Promise.resolve());
  await expect(unreached).rejects.toMatchObject({ database: 'catalog_db', code: 'ECONNREFUSED' });
  await lost.close();
});

test('the removal of a tenant may take longer than other statements, on its own connection alone', async () => {
  const registry = createRegistry(provisioners);
  const id = newTenantId();
  const owner = randomUUID();
  const { spec } = aTenant();
  await registry.register('billing_db', id, { name: 'large', ownerUid: owner, spec, cluster: randomUUID() });
  await registry.setState('billing_db', id, owner, 'deleting');
  await database.administrator.query(`
    create table public.seen (timeout text);
    grant insert on public.seen to public;
    create function public.see() returns trigger language plpgsql as
      $$ begin insert into public.seen values (current_setting('statement_timeout')); return old; end $$;
    create trigger see before delete on app.tenants for each row execute function public.see();`);
  expect(await registry.remove('billing_db', id, owner)).toBe(true);
  const { rows } = await database.administrator.query('select timeout from public.seen');
  expect(rows).toEqual([{ timeout: '15min' }]);
  const after = await provisioners.on(provisioners.registrar, 'billing_db', (client) =>
    client.query<{ statement_timeout: string }>('show statement_timeout'),
  );
  expect(after.rows).toEqual([{ statement_timeout: '15s' }]);
});
