import { expect, test } from 'vitest';
import type { RefusalReason } from '../postgres/registry.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { disagreementText, refusalText } from './registration-refusal.ts';

const id = '01980000-0000-7000-8000-000000000001';
const cluster = 'c0000000-0000-4000-8000-000000000001';
const holder = { id, name: 'northwind', cluster, heardAt: '2026-11-28T04:17Z', currency: 'EUR' };

test.each<[RefusalReason, string, string]>([
  ['retained', 'NameTaken', `annotate this resource with platform.legendops.io/adopt=${id}`],
  ['owner-gone', 'NameTaken', `is gone from this cluster. To take the tenant over, annotate`],
  ['cluster-silent', 'NameTaken', `last heard of at 2026-11-28T04:17Z`],
  ['cluster-silent', 'NameTaken', `platform.legendops.io/adopt-from-lost-cluster=${cluster}`],
  ['cluster-lives', 'NameTaken', `the cluster ${cluster}, whose operator is running`],
  ['other-name', 'NothingToAdopt', 'has the name northwind, and keeps it'],
  ['unknown', 'NothingToAdopt', `There is no tenant ${id}`],
  ['currency', 'CurrencyDiffers', 'has its invoices in EUR, and spec.billing.currency says USD'],
])('%s is said as %s: %s', (refusal, reason, words) => {
  const said = refusalText(aTenant(), refusal, holder);
  expect(said).toMatchObject({ reason, message: expect.stringContaining(words) });
});

test.each<RefusalReason>(['retained', 'owner-gone', 'cluster-silent', 'cluster-lives'])(
  'nobody is told to remove the tenant that is there (%s)',
  (refusal) => {
    expect(refusalText(aTenant(), refusal, holder).message).not.toMatch(/remove|delete/i);
  },
);

test('registries that disagree are named with both ids', () => {
  const { message } = disagreementText('auth_db', { id, name: 'northwind' }, { ...holder, id: 'another' });
  expect(message).toContain(`portal_db has the tenant northwind as ${id}, auth_db has northwind as another`);
});
