import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOperatorConfig } from './config.ts';
import { desiredDatabaseSecret } from './phases/credentials.ts';
import { aTenant } from './testing/a-tenant.ts';

const passwords = join(tmpdir(), `provisioners-${process.pid}.json`);
writeFileSync(passwords, JSON.stringify({ provisioner_00: 'x' }));

const config = (changes: Record<string, string> = {}) =>
  readOperatorConfig({
    MANAGEMENT_PORT: '9000',
    AUTH_DATABASE_URL: 'postgres://db/auth_db',
    BILLING_DATABASE_URL: 'postgres://db/billing_db',
    PORTAL_DATABASE_URL: 'postgres://db/portal_db',
    CATALOG_DATABASE_URL: 'postgres://db/catalog_db',
    PROVISIONER_PASSWORDS_PATH: passwords,
    VAULT_URL: 'https://vault.example',
    JOB_IMAGE: 'billing:1',
    PORTAL_JOB_IMAGE: 'portal:1',
    BILLING_INTERNAL_URL: 'http://billing.legendops',
    PORTAL_INTERNAL_URL: 'http://portal.legendops:8081',
    ...changes,
  });

test.each([
  [{}, 80],
  [{ BILLING_INTERNAL_URL: 'https://billing.legendops' }, 443],
  [{ BILLING_INTERNAL_URL: 'http://billing.legendops:8081' }, 8081],
  [{ BILLING_POD_PORT: '3002' }, 3002],
])('with %o jobs reach billing at its pods’ port %i', (changes, port) => {
  expect(config(changes).podPorts).toEqual({ billing: port, portal: 8081 });
});

test('who writes has a vault of its own, and the operator’s is for all that are not named', () => {
  const own = 'https://vault.example';
  expect(config().vaultUrls).toEqual({ operator: own, billing: own, portal: own });
  expect(
    config({ BILLING_VAULT_URL: 'https://billing.vault.example', PORTAL_VAULT_URL: 'https://portal.vault.example' })
      .vaultUrls,
  ).toEqual({ operator: own, billing: 'https://billing.vault.example', portal: 'https://portal.vault.example' });
});

test('vendors within the cluster are told as a network policy tells them, and nothing else is taken for that', () => {
  expect(config()).not.toHaveProperty('jobVendors');
  const jobVendors = { peers: [{ namespaceSelector: { matchLabels: { a: 'b' } } }], ports: [8080] };
  expect(config({ JOB_VENDORS: JSON.stringify(jobVendors) }).jobVendors).toEqual(jobVendors);
  for (const wrong of ['x', '{}', '{"peers":[],"ports":[1]}', '{"peers":[{}],"ports":["http"]}'])
    expect(() => config({ JOB_VENDORS: wrong })).toThrow('JOB_VENDORS');
});

test('a collector of the jobs’ traces is told with the place of its pods, and nothing else is taken for that', () => {
  expect(config()).not.toHaveProperty('jobTraces');
  const jobTraces = { url: 'http://alloy.monitoring.svc:4318/v1/traces', sampleRatio: 0.5, peers: [{}], ports: [4318] };
  expect(config({ JOB_TRACES: JSON.stringify(jobTraces) }).jobTraces).toEqual(jobTraces);
  for (const wrong of [{ url: 'alloy:4318' }, { sampleRatio: 2 }, { peers: [] }, { more: 1 }])
    expect(() => config({ JOB_TRACES: JSON.stringify({ ...jobTraces, ...wrong }) })).toThrow('JOB_TRACES');
});

test('how the connection to billing_db is secured reaches the Secret of the jobs', () => {
  const { jobDatabases } = config({ BILLING_DATABASE_URL: 'postgres://db:6432/billing_db?sslmode=verify-full' });
  expect(jobDatabases.billing_db).toEqual({ host: 'db', port: 6432, name: 'billing_db', sslMode: 'verify-full' });
  const credential = {
    slot: 'a',
    state: 'current',
    password: 'p',
    version: 'v',
    createdAt: new Date(0),
    currentSince: undefined,
    rotate: '',
    owner: undefined,
  } as const;
  const tenantId = '01980000-0000-7000-8000-000000000000';
  const { data } = desiredDatabaseSecret(aTenant(), { tenantId, credential, databases: jobDatabases });
  expect(Buffer.from(data?.sslmode ?? '', 'base64').toString()).toBe('verify-full');
  expect(
    desiredDatabaseSecret(aTenant(), { tenantId, credential, databases: config().jobDatabases }).data,
  ).not.toHaveProperty('sslmode');
});

test.each([
  [{}, ['billing_db'], 'db'],
  [{ JOB_DATABASE_HOST: 'near' }, ['billing_db'], 'near'],
  [{ PORTAL_DATABASE_URL: 'postgres://other/portal_db' }, ['billing_db', 'portal_db'], 'other'],
  [
    { PORTAL_DATABASE_URL: 'postgres://other/portal_db', JOB_DATABASE_HOST: 'near' },
    ['billing_db', 'portal_db'],
    'other',
  ],
])('with %o tenants have logins on the servers of %j, and jobs find portal_db at %s', (changes, servers, host) => {
  const { loginDatabases, jobDatabases } = config(changes);
  expect(loginDatabases).toEqual(servers);
  expect(jobDatabases.portal_db).toEqual({ host, port: 5432, name: 'portal_db' });
});
