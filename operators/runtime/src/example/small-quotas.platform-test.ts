import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { trustedCertificates } from '../../../../scripts/local/doubles/trust-for-test.ts';
import { startKubernetes, type LocalKubernetes } from '../../../../scripts/local/kubernetes/server.ts';
import { kubeClient, type KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { startSmallQuotas } from './small-quotas.ts';

const namespaces: Resource = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };
const quotas: Resource = { apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true };
const quota = { name: 'small', namespace: 'one' };

let certificates: Awaited<ReturnType<typeof trustedCertificates>>;
let kubernetes: LocalKubernetes;
let kube: KubeClient;
let stop: () => Promise<void>;
const errors: unknown[] = [];
beforeAll(async () => {
  certificates = await trustedCertificates();
  kubernetes = await startKubernetes({ tls: certificates });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(kubernetes.kubeconfig);
  kube = await kubeClient(kubeConfig);
  stop = await startSmallQuotas(kube, (error) => errors.push(error));
});
afterAll(async () => {
  await stop();
  await kube.close();
  await kubernetes.close();
  await certificates.remove();
});

test('the example of the README runs: a small namespace gets its quota, and gets it back', async () => {
  await kube.create(namespaces, { metadata: { name: 'one', labels: { 'example.io/size': 'small' } } });
  await kube.create(namespaces, { metadata: { name: 'two' } });
  const made = await vi.waitUntil(() => kube.read<KubeObject & { spec?: unknown }>(quotas, quota));
  expect(made.spec).toEqual({ hard: { pods: '10' } });
  await kube.remove(quotas, quota, { uid: made.metadata.uid ?? '' });
  const again = await vi.waitUntil(() => kube.read(quotas, quota));
  expect(again.metadata.uid).not.toBe(made.metadata.uid);
  expect(await kube.read(quotas, { name: 'small', namespace: 'two' })).toBeUndefined();
  expect(errors).toEqual([]);
});
