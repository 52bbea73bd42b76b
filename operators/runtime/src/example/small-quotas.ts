import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { createApplier } from '../controller/applier.ts';
import { createController } from '../controller/controller.ts';
import { startReflector } from '../reflector/reflector.ts';

type Quota = KubeObject & { spec: { hard: Record<string, string> } };
const namespaces: Resource = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };
const quotas: Resource<Quota> = { apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true };

/** Gives every namespace with the label `example.io/size: small` a quota of ten pods, and keeps it so. */
export const startSmallQuotas = async (kube: KubeClient, onError: (error: unknown) => void) => {
  const applier = createApplier({ client: kube, fieldManager: 'small-quotas' });
  const controller = createController({
    name: 'small-quotas',
    workers: 2,
    reconcile: async (name) => {
      const namespace = await kube.read(namespaces, { name });
      if (namespace?.metadata.labels?.['example.io/size'] !== 'small') return {};
      await applier.ensure(quotas, { metadata: { name: 'small', namespace: name }, spec: { hard: { pods: '10' } } });
      return {};
    },
    onError: (_name, error) => onError(error),
  });
  const follow = (resource: Resource, keyOf: (object: KubeObject) => string) =>
    startReflector({ client: kube, resource, onError, onChange: ({ object }) => controller.enqueue(keyOf(object)) });
  const reflectors = [
    follow(namespaces, ({ metadata }) => metadata.name),
    follow(quotas, ({ metadata }) => metadata.namespace ?? ''),
  ];
  await Promise.all(reflectors.map(({ synced }) => synced));
  controller.start();
  return async (): Promise<void> => {
    await controller.stop(5_000);
    await Promise.all(reflectors.map((reflector) => reflector.stop()));
  };
};
