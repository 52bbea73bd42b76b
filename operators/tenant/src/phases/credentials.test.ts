import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { annotations } from '../api/tenant.ts';
import { aTenant } from '../testing/a-tenant.ts';
import type { DatabaseCredential } from '../vault/tenant-vault.ts';
import { desiredDatabaseSecret } from './credentials.ts';
import { rotationDue } from './rotation.ts';

const createdAt = new Date('2026-01-01T00:00:00Z');
const aCredential = (rotate = ''): DatabaseCredential => ({
  slot: 'b',
  state: 'current',
  password: 'p',
  version: 'v',
  createdAt,
  currentSince: createdAt,
  rotate,
  owner: aTenant().metadata.uid,
});
const hash = (request: string) => createHash('sha256').update(request).digest('hex').slice(0, 16);
const annotated = (request: string) => {
  const tenant = aTenant();
  return { ...tenant, metadata: { ...tenant.metadata, annotations: { [annotations.rotate]: request } } };
};

describe('a rotation is due', () => {
  test.each([
    ['one second before its age', aTenant(), '', '2026-01-30T23:59:59Z', false],
    ['at its age', aTenant(), '', '2026-01-31T00:00:00Z', true],
    ['with a request that was not yet met', annotated('now'), '', '2026-01-02T00:00:00Z', true],
    ['with the request that it was made for', annotated('now'), hash('now'), '2026-01-02T00:00:00Z', false],
    ['with another request', annotated('again'), hash('now'), '2026-01-02T00:00:00Z', true],
    ['when the request was taken away', aTenant(), hash('now'), '2026-01-02T00:00:00Z', false],
  ])('%s', (_name, tenant, rotate, now, expected) => {
    expect(rotationDue(tenant, aCredential(rotate), new Date(now))).toBe(expected);
  });
  test.each([
    ['with one that jobs of another resource have', 'another', true],
    ['not for want of an owner', undefined, false],
  ])('%s', (_name, owner, expected) => {
    expect(rotationDue(aTenant(), { ...aCredential(), owner }, createdAt)).toBe(expected);
  });
});

test('the Secret holds what a client needs, in files', () => {
  const secret = desiredDatabaseSecret(aTenant(), {
    tenantId: '01980000-0000-7000-8000-000000000001',
    credential: aCredential(),
    databases: {
      billing_db: { host: 'db', port: 5432, name: 'billing_db' },
      portal_db: { host: 'other', port: 6432, name: 'portal_db', sslMode: 'require' },
    },
  });
  expect(secret.metadata).toMatchObject({ name: 'database', namespace: 'tenant-northwind' });
  const values = Object.entries(secret.data ?? {}).map(([name, value]) => [
    name,
    Buffer.from(value, 'base64').toString(),
  ]);
  expect(Object.fromEntries(values)).toEqual({
    host: 'db',
    port: '5432',
    dbname: 'billing_db',
    'portal-host': 'other',
    'portal-port': '6432',
    'portal-dbname': 'portal_db',
    'portal-sslmode': 'require',
    username: 't_01980000000070008000000000000001_b',
    password: 'p',
  });
});
