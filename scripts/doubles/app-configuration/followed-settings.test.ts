import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { register } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { flagKey, referenceKey, startAppConfiguration, type AppConfiguration } from './server.ts';
import { startEntra } from '../entra/server.ts';
import { trustedCertificates } from '../../loopback/trust-for-test.ts';
import { collectingLog } from '@legendops/kit/testing/sample-api';
import { appConfiguration } from '@legendops/kit/config/app-configuration';
import { followSettings, type FollowedSettings } from '@legendops/kit/config/follow-settings';
import { flag, secret, sentinelKey, setting, sharedSettings, wholeNumber } from '@legendops/kit/config/settings';
import { startSettings } from '@legendops/kit/config/start-settings';
import { secretAt } from '@legendops/kit/config/vault-address';

const tenantId = '11111111-1111-4111-8111-111111111111';
const identity = { issuer: 'https://cluster.example', subject: 'system:serviceaccount:legendops:billing' };
const vaultUrl = 'https://billing.vault.example';
const list = {
  ...sharedSettings('billing'),
  pace: setting('billing/pace', wholeNumber(1, 1_000)),
  events: flag('billing.events'),
  verifier: secret('billing/verifier'),
};
const given = { logLevel: 'info', tracesSampleRatio: 0.1, pace: 900, events: true, verifier: undefined } as const;

let store: AppConfiguration;
let lines: string[];
let ends: (() => Promise<unknown>)[] = [];
let secrets: Record<string, string>;

beforeAll(async () => {
  const certificates = await trustedCertificates();
  const entra = await startEntra({
    tls: certificates,
    clients: [],
    directories: [{ tid: tenantId, name: 'Platform' }],
  });
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'cluster', alg: 'RS256', use: 'sig' }] };
  const audience = 'api://AzureADTokenExchange';
  entra.trust({ tid: tenantId, clientId: 'billing', ...identity, audience, jwks: () => jwks });
  const folder = await mkdtemp(join(tmpdir(), 'settings-'));
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256', kid: 'cluster' })
    .setIssuer(identity.issuer)
    .setSubject(identity.subject)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  await writeFile(join(folder, 'token'), token);
  vi.stubEnv('AZURE_AUTHORITY_HOST', entra.url);
  vi.stubEnv('AZURE_TENANT_ID', tenantId);
  vi.stubEnv('AZURE_CLIENT_ID', 'billing');
  vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', join(folder, 'token'));
  store = await startAppConfiguration({
    tls: certificates,
    tenantId,
    jwks: () => entra.jwks,
    readers: ['billing'],
    pageSize: 2,
  });
  ends = [store.close, entra.close, certificates.remove, () => rm(folder, { recursive: true })];
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const end of ends) await end();
});
beforeEach(() => {
  lines = [];
  secrets = { verifier: 'planted-secret' };
  store.faults.clear();
  store.readers.add('billing');
  for (const key of ['log-level', 'pace', 'verifier', 'pcae']) store.remove(`billing/${key}`);
  store.remove('.appconfig.featureflag/billing.events');
  store.put({ key: sentinelKey, value: '1' });
});

const retryOptions = { maxRetries: 1, retryDelayInMs: 1, maxRetryDelayInMs: 1 };
const source = () => appConfiguration({ url: store.url, isLocal: true, retryOptions });
const following = async (): Promise<FollowedSettings<typeof list>> => {
  const settings = await followSettings({
    list,
    given,
    source: source(),
    readSecret: async (address) => {
      const { name } = secretAt(address, vaultUrl);
      // As the vault's client says that there is none.
      if (name.endsWith('gone')) throw Object.assign(new Error(`${name} was not found`), { statusCode: 404 });
      return secrets[name] ?? '';
    },
    log: collectingLog(lines),
    everyMs: 5,
  });
  ends.unshift(() => settings.stop());
  return settings;
};
const outcomes = async (outcome: string): Promise<number> =>
  (await register.getSingleMetric('legendops_settings_looks_total')?.get())?.values.find(
    ({ labels }) => labels.outcome === outcome,
  )?.value ?? 0;
/** Another sentinel, and the next thing that comes of a look. */
const changed = async (outcome: string, sentinel: string): Promise<void> => {
  const before = await outcomes(outcome);
  store.put({ key: sentinelKey, value: sentinel });
  await vi.waitFor(async () => expect(await outcomes(outcome)).toBeGreaterThan(before), { timeout: 20_000 });
};

describe('settings of App Configuration', () => {
  it('are read over what was given, page by page: plain ones, flags, and secrets of the own vault', async () => {
    store.put(
      { key: 'billing/pace', value: '60' },
      { key: 'billing/log-level', value: 'debug' },
      { key: 'portal/pace', value: '7' },
      flagKey('billing.events', false),
      referenceKey('billing/verifier', `${vaultUrl}/secrets/verifier`),
    );
    const settings = await following();
    expect(settings.current()).toEqual({
      logLevel: 'debug',
      tracesSampleRatio: 0.1,
      pace: 60,
      events: false,
      verifier: 'planted-secret',
    });
    await settings.stop();
    expect(lines.join('')).not.toContain('planted-secret');
  });

  it('are others after the sentinel is another, and not before; whoever uses them is told', async () => {
    store.put({ key: 'billing/pace', value: '60' });
    const settings = await following();
    const told: number[] = [];
    settings.apply(({ pace }) => told.push(pace));
    store.put({ key: 'billing/pace', value: '70' });
    const unchanged = await outcomes('unchanged');
    await vi.waitFor(async () => expect(await outcomes('unchanged')).toBeGreaterThan(unchanged));
    expect(settings.current().pace).toBe(60);
    await changed('changed', '2');
    await settings.stop();
    expect(told).toEqual([60, 70]);
    expect(lines.join('')).toContain('"keys":["billing/pace"]');
  });

  it('stay as they were, all of them, while one cannot be used; the log names it and does not print it', async () => {
    store.put({ key: 'billing/pace', value: '60' });
    const settings = await following();
    store.put({ key: 'billing/pace', value: 'planted-secret' }, { key: 'billing/log-level', value: 'debug' });
    await changed('refused', '2');
    expect(settings.current()).toMatchObject({ pace: 60, logLevel: 'info' });
    expect(lines.join('')).toContain('billing/pace has a value that cannot be used');
    store.put({ key: 'billing/pace', value: '80' });
    await vi.waitFor(() => expect(settings.current()).toMatchObject({ pace: 80, logLevel: 'debug' }), {
      timeout: 20_000,
    });
    await settings.stop();
    expect(lines.join('')).not.toContain('planted-secret');
  });

  it.each([
    [
      'is of another vault',
      'https://portal.vault.example/secrets/planted-secret',
      `billing/verifier refers to a secret that is not one of ${vaultUrl}`,
    ],
    ['is not there', `${vaultUrl}/secrets/planted-gone`, 'billing/verifier refers to a secret that its vault has not'],
  ])(
    'are refused, and not called out of reach, while a secret %s: whoever wrote it mends it',
    async (_, address, said) => {
      const settings = await following();
      const failed = await outcomes('failed');
      store.put({ key: 'billing/pace', value: '90' }, referenceKey('billing/verifier', address));
      await changed('refused', '2');
      await settings.stop();
      expect([await outcomes('failed'), settings.current().pace]).toEqual([failed, 900]);
      expect(lines.join('')).toContain(said);
      expect(lines.join('')).not.toContain('planted');
    },
  );

  it.each([
    ['throttles', { status: 429, headers: { 'retry-after-ms': '1' } }],
    ['is away', { dropConnection: 'before' as const }],
    ['refuses', { status: 403 }],
  ])('stay while the store %s, which the metrics and the log say, and are followed again after', async (_, fault) => {
    store.put({ key: 'billing/pace', value: '60' });
    const settings = await following();
    store.faults.add([{ match: { path: '/kv' }, fault }]);
    store.put({ key: 'billing/pace', value: '90' });
    await changed('failed', '2');
    expect(settings.current().pace).toBe(60);
    expect(lines.join('')).toContain('the last ones stay in use');
    store.faults.clear();
    await vi.waitFor(() => expect(settings.current().pace).toBe(90), { timeout: 20_000 });
    await settings.stop();
  });

  it('that nobody reads are told by their keys: they may be slips', async () => {
    store.put({ key: 'billing/pcae', value: 'planted-secret' });
    await (await following()).stop();
    expect(lines.join('')).toContain('"keys":["billing/pcae"]');
    expect(lines.join('')).not.toContain('planted-secret');
  });

  it.each([
    ['a secret that stands in the store', { key: 'billing/verifier', value: 'planted-secret' }, 'expected a Key Vault'],
    ['a secret of another vault', referenceKey('billing/verifier', 'https://portal.vault.example/secrets/x'), vaultUrl],
    ['a flag with filters', flagKey('billing.events', true, [{ name: 'TimeWindow' }]), 'cannot be used'],
    ['a number that is none', { key: 'billing/pace', value: 'planted-secret' }, 'billing/pace has a value'],
    [
      'a secret that is only called a reference',
      { ...referenceKey('billing/verifier', ''), value: 'planted-secret' },
      'billing/verifier is a plain setting, expected a Key Vault reference',
    ],
    [
      'a flag that is no flag',
      { ...flagKey('billing.events', true), value: 'planted-secret' },
      'billing.events has a value that cannot be used',
    ],
  ])('are refused at the start with %s', async (_, stored, said) => {
    store.put(stored);
    const error: unknown = await following().catch((reason: unknown) => reason);
    expect(String(error)).toContain(said);
    expect(String(error)).not.toContain('planted');
  });
});

describe('a program that starts', () => {
  const start = (url: string | undefined) =>
    startSettings(
      { SETTINGS_URL: url, IDENTITY_IS_LOCAL: true },
      {
        list: sharedSettings('billing'),
        given: { logLevel: 'info', tracesSampleRatio: 0.1 },
        log: collectingLog(lines),
      },
    );

  it('has the level of its log from there, and without a store from its environment', async () => {
    store.put({ key: 'billing/log-level', value: 'warn' });
    const log = collectingLog(lines);
    const parts = {
      list: sharedSettings('billing'),
      given: { logLevel: 'info', tracesSampleRatio: 0.1 },
      log,
    } as const;
    await (await startSettings({ SETTINGS_URL: store.url, IDENTITY_IS_LOCAL: true }, parts)).stop();
    expect(log.level).toBe('warn');
    expect((await start(undefined)).current().logLevel).toBe('info');
  });

  it('ends with one line that says where it looked and what to look at', async () => {
    store.readers.delete('billing');
    const error = await start(store.url).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(
      /^ConfigurationError: Settings cannot be read from https:\/\/localhost:\d+: .*Data Reader/,
    );
    expect(String(error)).not.toContain('\n');
  });
});
