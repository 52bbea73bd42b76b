import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { startKubernetes, type LocalKubernetes } from '../../kubernetes/server.ts';
import type { LocalCertificates } from '../../loopback/certificates.ts';
import { clusterClient, preparePlatform } from '../../loopback/cluster.ts';
import { trustedCertificates } from '../../loopback/trust-for-test.ts';
import { isSigningKey, newKey, nextStep } from './rotation-step.ts';
import { rotateSigningKey } from './rotate-signing-key.ts';

interface Secret extends KubeObject {
  data?: Record<string, string>;
}
const core = (kind: string, plural: string) => ({ apiVersion: 'v1', kind, plural, namespaced: true });
const secrets: Resource<Secret> = core('Secret', 'secrets');
const configMaps: Resource<Secret> = core('ConfigMap', 'configmaps');
const pods: Resource = core('Pod', 'pods');
const at = (name: string) => ({ name, namespace: 'legendops' });
const manager = { fieldManager: 'test', force: true };

let certificates: LocalCertificates & { remove: () => Promise<void> };
let cluster: LocalKubernetes;
let kube: KubeClient;
let clock: Date;
let first: string;

beforeAll(async () => {
  certificates = await trustedCertificates();
  cluster = await startKubernetes({ tls: certificates });
  kube = await clusterClient(cluster.kubeconfig);
  await preparePlatform(kube);
  const data = { chart: '0.1.0', environment: 'dev' };
  await kube.apply(configMaps, { metadata: at('legendops-release'), data } as KubeObject, manager);
});
afterAll(async () => {
  await kube.close();
  await cluster.close();
  await certificates.remove();
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const stored = async (): Promise<Record<string, string>> => {
  const { data = {} } = (await kube.read(secrets, at('legendops-keys'))) ?? {};
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text, 'base64').toString()]));
};
const setSecret = async (data: Record<string, string>): Promise<void> => {
  const old = await kube.read(secrets, at('legendops-keys'));
  if (old) await kube.remove(secrets, at('legendops-keys'), { uid: old.metadata.uid ?? '' });
  const encoded = Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)]));
  await kube.create(secrets, { metadata: at('legendops-keys'), data: encoded });
};
/** As after a helm upgrade that replaced the pods. */
const replacePods = async (startedAt: Date, ready = 'True'): Promise<void> => {
  const labels = { 'app.kubernetes.io/name': 'auth' };
  const spec = { containers: [{ name: 'auth', image: 'auth' }] };
  for (const name of ['auth-1', 'auth-2']) {
    await kube.apply(pods, { metadata: { ...at(name), labels }, spec } as KubeObject, manager);
    const status = { startTime: startedAt.toISOString(), conditions: [{ type: 'Ready', status: ready }] };
    await kube.mergePatch(pods, at(name), { status }, { subresource: 'status' });
  }
};
const later = (minutes: number): Date => {
  clock = new Date(clock.getTime() + minutes * 60_000);
  return clock;
};
const run = async (...parameters: string[]): Promise<{ status: number; said: string }> => {
  const lines: string[] = [];
  const write = (text: string) => void lines.push(text);
  const status = await rotateSigningKey(['--environment', 'dev', ...parameters], {
    connect: async () => kube,
    now: () => clock,
    write,
  });
  return { status, said: lines.join('\n') };
};

beforeEach(async () => {
  clock = new Date('2026-12-02T12:00:00Z');
  first = newKey();
  await setSecret({ 'signing-key.pem': first, 'cookie-key': 'kept' });
  await replacePods(clock);
});

it('a key is exchanged in three steps, between which pods are replaced, and nothing else of the Secret changes', async () => {
  expect((await run('--go')).said).toContain('Done: make a new key and publish it');
  const published = await stored();
  expect(published).toMatchObject({ 'signing-key.pem': first, 'cookie-key': 'kept' });
  const second = published['other-key.pem'] ?? '';
  expect(isSigningKey(second)).toBe(true);
  expect(second).not.toBe(first);

  await replacePods(later(2));
  expect((await run('--go')).said).toContain('Done: let the new key sign');
  expect(await stored()).toEqual({ 'signing-key.pem': second, 'other-key.pem': first, 'cookie-key': 'kept' });

  await replacePods(later(2));
  later(6);
  expect((await run('--go')).said).toContain('Done: remove the old key for good');
  expect(await stored()).toEqual({ 'signing-key.pem': second, 'cookie-key': 'kept' });
  expect((await kube.read(secrets, at('legendops-keys')))?.metadata.annotations ?? {}).toEqual({});
});

it('without --go nothing changes, at any step', async () => {
  const before = await stored();
  const { status, said } = await run();
  expect([status, said]).toEqual([0, expect.stringContaining('Would do: make a new key')]);
  expect(await stored()).toEqual(before);
});

describe('no step is taken', () => {
  beforeEach(() => run('--go'));

  it('while a pod has not read the keys', async () => {
    const before = await stored();
    const { status, said } = await run('--go');
    expect([status, said]).toEqual([
      1,
      expect.stringContaining('auth-1, auth-2 have not read the keys of 2026-12-02T12:00:00.000Z yet'),
    ]);
    expect(await stored()).toEqual(before);
  });

  it('while a new pod is not ready', async () => {
    await replacePods(later(2), 'False');
    expect((await run('--go')).status).toBe(1);
  });

  it('while a token is good that the old key has signed', async () => {
    await replacePods(later(2));
    await run('--go');
    await replacePods(later(2));
    later(5);
    const { status, said } = await run('--go');
    expect([status, said]).toEqual([1, expect.stringContaining('good until 2026-12-02T12:09:30.000Z')]);
    expect(await stored()).toHaveProperty(['other-key.pem']);
  });
});

it('what was begun by hand is ended by hand', async () => {
  await setSecret({ 'signing-key.pem': first, 'other-key.pem': newKey() });
  expect(await run('--go')).toEqual({ status: 1, said: expect.stringContaining('begun by hand') });
});

it('with no pod there is nobody to show the keys', () => {
  const keys = { signing: first, other: newKey(), phase: 'published', at: clock } as const;
  expect(nextStep(keys, [], later(10))).toMatchObject({ kind: 'wait', what: expect.stringContaining('no pod') });
});

it.each([
  [['--environment', 'prod'], 'This cluster is dev, and you said prod'],
  [['--environment', 'test'], 'There is no environment test'],
])('the cluster of another environment is not touched: %j', async (parameters, words) => {
  const before = await stored();
  await expect(run(...parameters, '--go')).rejects.toThrow(words);
  expect(await stored()).toEqual(before);
});

it('a Secret without a key that signs is left as it is', async () => {
  await setSecret({ 'signing-key.pem': 'of somebody' });
  await expect(run('--go')).rejects.toThrow('no signing-key.pem that auth could sign with');
});
