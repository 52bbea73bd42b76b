import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSuiteVault, type SuiteVault } from '../../../../scripts/doubles/suite-vault.ts';
import { hexOf } from '../api/tenant.ts';
import { secretWriters, type SecretKind, type VaultWriter } from '../api/vendors.ts';
import { createTenantVault, type TenantVault } from './tenant-vault.ts';
import { VaultUnavailable } from './vault-call.ts';

const kinds = Object.keys(secretWriters) as SecretKind[];
const writers: readonly VaultWriter[] = ['operator', 'billing', 'portal'];

let suite: SuiteVault;
let vault: TenantVault;
let made = 0;
beforeAll(async () => {
  suite = await startSuiteVault();
  vault = createTenantVault(suite.clients());
});
afterEach(() => {
  for (const writer of writers) suite.vaults[writer].faults.clear();
});
afterAll(() => suite.close());

const nameOf = (tenantId: string, kind: SecretKind): string => `tenant-${hexOf(tenantId)}-${kind}`;
const stored = (tenantId: string, kind: SecretKind) =>
  suite.vaults[secretWriters[kind]].secrets.live(nameOf(tenantId, kind));

/** A tenant with a secret of every kind in the vault of who writes it. */
const aTenantWithSecrets = async (): Promise<string> => {
  made += 1;
  const tenantId = `0190f000-0000-7000-8000-${String(made).padStart(12, '0')}`;
  await vault.begin(tenantId, { slot: 'a', password: 'p', rotate: '', owner: 'u', now: new Date(0) });
  for (const kind of kinds.filter((one) => one !== 'database'))
    suite.vaults[secretWriters[kind]].secrets.set(nameOf(tenantId, kind), { value: '{}', tags: { tenant: tenantId } });
  return tenantId;
};
const enabled = (tenantId: string): Record<string, boolean[]> =>
  Object.fromEntries(kinds.map((kind) => [kind, stored(tenantId, kind).versions.map((version) => version.enabled)]));

test('what a tenant leaves is closed and opened again in three vaults, with rights that read no value of two', async () => {
  const tenantId = await aTenantWithSecrets();
  await vault.disable(tenantId);
  expect(enabled(tenantId)).toEqual({
    database: [false],
    pax8: [false],
    quickbooks: [false],
    superops: [false],
    teams: [false],
  });
  expect(await vault.latest(tenantId)).toBe('retained');
  await vault.reopen(tenantId);
  expect(enabled(tenantId)).toEqual({
    database: [false],
    pax8: [true],
    quickbooks: [true],
    superops: [true],
    teams: [true],
  });
  for (const writer of ['billing', 'portal'] as const)
    await expect(
      suite.clients()[writer].getSecret(nameOf(tenantId, writer === 'billing' ? 'pax8' : 'superops')),
    ).rejects.toMatchObject({ statusCode: 403 });
});

test('a tenant that goes takes its secrets out of three vaults, and those of nobody else', async () => {
  const [tenantId, stays] = [await aTenantWithSecrets(), await aTenantWithSecrets()];
  await vault.remove(tenantId);
  for (const kind of kinds) {
    const { secrets } = suite.vaults[secretWriters[kind]];
    expect(secrets.deleted(nameOf(tenantId, kind)).deletedAt).toBeDefined();
    expect(secrets.live(nameOf(stays, kind)).deletedAt).toBeUndefined();
  }
});

test('a login goes to the operator’s vault and to no other', async () => {
  const tenantId = await aTenantWithSecrets();
  for (const writer of ['billing', 'portal'] as const)
    expect(suite.vaults[writer].secrets.all().map(({ name }) => name)).not.toContain(nameOf(tenantId, 'database'));
  expect(await vault.latest(tenantId)).toMatchObject({ password: 'p', slot: 'a', state: 'pending' });
});

test('a secret that only has the name, or lies in the vault of another, is left alone', async () => {
  const tenantId = await aTenantWithSecrets();
  const foreign = stored(tenantId, 'pax8').versions;
  for (const version of foreign) version.tags = { tenant: 'somebody' };
  suite.vaults.portal.secrets.set(nameOf(tenantId, 'quickbooks'), { value: '{}', tags: { tenant: tenantId } });
  await vault.disable(tenantId);
  expect(foreign).toMatchObject([{ enabled: true }]);
  expect(suite.vaults.portal.secrets.live(nameOf(tenantId, 'quickbooks')).versions).toMatchObject([{ enabled: true }]);
});

test('a secret that a person closed stays closed when its tenant comes back', async () => {
  const tenantId = await aTenantWithSecrets();
  for (const version of stored(tenantId, 'superops').versions) version.enabled = false;
  await vault.disable(tenantId);
  await vault.reopen(tenantId);
  expect(enabled(tenantId)).toMatchObject({ pax8: [true], superops: [false] });
});

test.each(writers)('the vault of %s that is down is named, and holds up no other', async (down) => {
  const tenantId = await aTenantWithSecrets();
  suite.vaults[down].faults.add([{ match: { path: '^/secrets/' }, fault: { status: 403, body: {} } }]);
  const refused = vault.disable(tenantId);
  await expect(refused).rejects.toBeInstanceOf(VaultUnavailable);
  await expect(refused).rejects.toMatchObject({ writer: down, code: '403' });
  for (const kind of kinds)
    expect(stored(tenantId, kind).versions.map((version) => version.enabled)).toEqual([secretWriters[kind] === down]);
});

test('with one vault for all, each secret is where it always was', async () => {
  const one = suite.client();
  const tenantId = await aTenantWithSecrets();
  for (const kind of kinds.filter((other) => other !== 'database'))
    suite.vault.secrets.set(nameOf(tenantId, kind), { value: '{}', tags: { tenant: tenantId } });
  await createTenantVault({ operator: one, billing: one, portal: one }).disable(tenantId);
  const closed = kinds.map((kind) => suite.vault.secrets.live(nameOf(tenantId, kind)).versions);
  expect(closed).toMatchObject(kinds.map(() => [{ enabled: false }]));
});
