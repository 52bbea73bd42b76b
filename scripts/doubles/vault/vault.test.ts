import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LocalCertificates } from '../../loopback/certificates.ts';
import { startEntra } from '../entra/server.ts';
import type { Entra } from '../entra/server.ts';
import { trustedCertificates } from '../../loopback/trust-for-test.ts';
import { startVault } from './server.ts';
import type { Vault, VaultOptions } from './server.ts';

const tid = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const operator = 'operator';
const reader = 'reader';

let certificates: LocalCertificates & { remove: () => Promise<void> };
let entra: Entra;
let vault: Vault;

const options = (): VaultOptions => ({
  tls: certificates,
  tenantId: tid,
  authority: entra.url,
  jwks: () => entra.jwks,
  access: {
    [operator]: { actions: ['get', 'list', 'set', 'update', 'delete', 'recover', 'purge', 'backup', 'restore'] },
    [reader]: { actions: ['get'], names: /^tenant-/ },
  },
});

beforeAll(async () => {
  certificates = await trustedCertificates();
  const clients = [operator, reader].map((clientId) => ({ clientId, clientSecret: 'local', redirectUris: [] }));
  entra = await startEntra({
    tls: certificates,
    clients,
    directories: [
      { tid, name: 'Platform' },
      { tid: other, name: 'Other' },
    ],
  });
});
beforeEach(async () => {
  vault = await startVault(options());
});
afterEach(async () => {
  entra.faults.clear();
  await vault.close();
});
afterAll(async () => {
  await entra.close();
  await certificates.remove();
});

type Caller = { clientId?: string; tenantId?: string; retries?: number };

function clientOf({ clientId = operator, tenantId = tid, retries = 0 }: Caller = {}, at = vault): SecretClient {
  const authority = { authorityHost: entra.url, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(tenantId, clientId, 'local', {
    ...authority,
    additionallyAllowedTenants: ['*'],
  });
  return new SecretClient(at.url, credential, {
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: retries },
  });
}

const failure = async (work: Promise<unknown>) => {
  const error = (await work.then(
    () => {
      throw new Error('was accepted');
    },
    (error: unknown) => error,
  )) as {
    statusCode?: number;
    code?: string;
    details?: { error?: { innererror?: { code?: string }; innerError?: { code?: string } } };
  };
  const details = error.details?.error;
  return { status: error.statusCode, code: error.code, inner: details?.innererror?.code ?? details?.innerError?.code };
};

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('the real Key Vault client', () => {
  test('sets, reads, lists versions and updates a secret', async () => {
    const client = clientOf();
    const expiresOn = new Date('2030-01-01T00:00:00Z');
    const first = await client.setSecret('tenant-a', 'one', {
      tags: { slot: 'a' },
      contentType: 'text/plain',
      expiresOn,
    });
    await client.setSecret('tenant-a', 'two');
    expect(await client.getSecret('tenant-a')).toMatchObject({ value: 'two', name: 'tenant-a' });
    const old = await client.getSecret('tenant-a', { version: first.properties.version ?? '' });
    expect(old).toMatchObject({
      value: 'one',
      properties: { tags: { slot: 'a' }, expiresOn, contentType: 'text/plain' },
    });
    await client.updateSecretProperties('tenant-a', first.properties.version ?? '', {
      tags: { state: 'old' },
      enabled: false,
    });
    const versions = await collected(client.listPropertiesOfSecretVersions('tenant-a'));
    expect(versions.map(({ tags, enabled }) => [tags, enabled])).toEqual([
      [{ state: 'old' }, false],
      [undefined, true],
    ]);
    expect(await failure(client.getSecret('tenant-a', { version: first.properties.version ?? '' }))).toEqual({
      status: 403,
      code: 'Forbidden',
      inner: 'SecretDisabled',
    });
    expect(vault.writes()).toEqual({ set: 2, update: 1 });
  });

  test('a deleted name is taken until it is recovered or purged', async () => {
    const client = clientOf();
    await client.setSecret('tenant-a', 'one');
    await client.setSecret('tenant-b', 'two');
    await (await client.beginDeleteSecret('tenant-a')).pollUntilDone();
    expect(await failure(client.getSecret('tenant-a'))).toMatchObject({ status: 404, code: 'SecretNotFound' });
    expect(await failure(client.setSecret('tenant-a', 'new'))).toEqual({
      status: 409,
      code: 'Conflict',
      inner: 'ObjectIsDeletedButRecoverable',
    });
    const [deleted] = await collected(client.listDeletedSecrets());
    expect(deleted?.deletedOn).toBeInstanceOf(Date);
    await (await client.beginRecoverDeletedSecret('tenant-a', { intervalInMs: 10 })).pollUntilDone();
    expect((await client.getSecret('tenant-a')).value).toBe('one');
    await (await client.beginDeleteSecret('tenant-a')).pollUntilDone();
    await client.purgeDeletedSecret('tenant-a');
    await client.setSecret('tenant-a', 'new');
    expect((await client.getSecret('tenant-a')).value).toBe('new');
  });

  test('purge protection refuses to purge', async () => {
    const protectedVault = await startVault({ ...options(), purgeProtection: true });
    const client = clientOf({}, protectedVault);
    await client.setSecret('tenant-a', 'one');
    await (await client.beginDeleteSecret('tenant-a')).pollUntilDone();
    expect(await failure(client.purgeDeletedSecret('tenant-a'))).toMatchObject({ status: 403, code: 'Forbidden' });
    await protectedVault.close();
  });

  test('lists go on over pages of 25', async () => {
    for (let index = 0; index < 60; index += 1) vault.secrets.set(`s-${index}`, { value: String(index) });
    const listed = await collected(clientOf().listPropertiesOfSecrets());
    expect(new Set(listed.map(({ name }) => name)).size).toBe(60);
  });

  test('a backup restores a purged secret with its versions', async () => {
    const client = clientOf();
    await client.setSecret('tenant-a', 'one');
    await client.setSecret('tenant-a', 'two');
    const backup = await client.backupSecret('tenant-a');
    await (await client.beginDeleteSecret('tenant-a')).pollUntilDone();
    await client.purgeDeletedSecret('tenant-a');
    await client.restoreSecretBackup(backup ?? new Uint8Array());
    expect(await collected(client.listPropertiesOfSecretVersions('tenant-a'))).toHaveLength(2);
  });

  test('an identity reads what its access names and nothing else', async () => {
    await clientOf().setSecret('tenant-a', 'one');
    await clientOf().setSecret('platform', 'secret');
    const client = clientOf({ clientId: reader });
    expect((await client.getSecret('tenant-a')).value).toBe('one');
    expect(await failure(client.getSecret('platform'))).toEqual({
      status: 403,
      code: 'Forbidden',
      inner: 'ForbiddenByRbac',
    });
    expect(await failure(client.setSecret('tenant-a', 'x'))).toEqual({
      status: 403,
      code: 'Forbidden',
      inner: 'ForbiddenByRbac',
    });
  });

  test.each(['bad-signature', 'expired', 'wrong-audience', 'wrong-issuer', 'wrong-tenant'])(
    'a token with %s is refused',
    async (special) => {
      entra.faults.add([{ match: { path: '/token' }, fault: { special } }]);
      expect(await failure(clientOf().getSecret('tenant-a'))).toMatchObject({ status: 401, code: 'Unauthorized' });
    },
  );

  test('constructor is a name like any other', async () => {
    const client = clientOf();
    expect(await failure(client.getSecret('constructor'))).toMatchObject({ status: 404 });
    await client.setSecret('constructor', 'one');
    expect((await client.getSecret('constructor')).value).toBe('one');
  });

  test('names and values out of bounds are refused', async () => {
    expect(await failure(clientOf().setSecret('under_score', 'x'))).toMatchObject({
      status: 400,
      code: 'BadParameter',
    });
    expect(await failure(clientOf().setSecret('long', 'x'.repeat(25 * 1024 + 1)))).toMatchObject({
      status: 400,
      code: 'BadParameter',
    });
  });

  test('secrets are called by the address that it is told, and keys may come from elsewhere', async () => {
    const url = 'https://vault.example';
    const elsewhere = await startVault({ ...options(), url, jwks: async () => entra.jwks });
    expect(elsewhere.url).toBe(url);
    elsewhere.secrets.set('tenant-a', { value: 'one' });
    const own = { ...elsewhere, url: `https://localhost:${elsewhere.port}` };
    expect((await clientOf({}, own).getSecret('tenant-a')).properties.id).toMatch(
      /^https:\/\/vault\.example\/secrets\/tenant-a\//,
    );
    await elsewhere.close();
  });

  test('the client waits out a 429 and comes again', async () => {
    vault.secrets.set('tenant-a', { value: 'one' });
    const throttled = {
      error: { code: 'Throttled', message: 'Request was not processed because too many requests were received.' },
    };
    vault.faults.add([
      {
        match: { path: 'tenant-a', count: 2 },
        fault: { status: 429, body: throttled, headers: { 'retry-after': '0' } },
      },
    ]);
    expect((await clientOf({ retries: 3 }).getSecret('tenant-a')).value).toBe('one');
    expect(vault.faults.armed).toMatchObject([{ hits: 2 }]);
  });
});
