import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { differences } from '@legendops/operator-runtime/controller/differences';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { startWatchProxy } from './watch-proxy.ts';

type Written = Record<string, unknown>;

/** What admission makes of objects of one kind, said twice: as a policy's CEL, and for where there are no policies. */
export interface Change {
  resource: Resource;
  /** A list of JSON patches, in CEL. */
  patch: string;
  inMemory: (object: Written) => Written;
  /** An object of the kind, whose change shows that the policy holds. */
  probe: KubeObject;
}

const policies: Resource<KubeObject & { spec: object }> = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingAdmissionPolicy',
  plural: 'mutatingadmissionpolicies',
  namespaced: false,
};
const bindings = { ...policies, kind: 'MutatingAdmissionPolicyBinding', plural: 'mutatingadmissionpolicybindings' };
const name = 'rewrites-ours';

const remove = async ({ kube }: World, resource: Resource, object: KubeObject): Promise<void> => {
  const found = await kube.read(resource, object.metadata);
  if (found) await kube.remove(resource, object.metadata, { uid: found.metadata.uid ?? '' });
};

const byPolicy = async (world: World, { resource, patch, probe }: Change): Promise<() => Promise<void>> => {
  const { kube } = world;
  const apiGroup = resource.apiVersion.includes('/') ? (resource.apiVersion.split('/')[0] ?? '') : '';
  const rule = { apiGroups: [apiGroup], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'] };
  await kube.create(policies, {
    metadata: { name },
    spec: {
      matchConstraints: { resourceRules: [{ ...rule, resources: [resource.plural] }] },
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: patch } }],
    },
  });
  await kube.create(bindings, { metadata: { name }, spec: { policyName: name } });
  const holds = async (): Promise<boolean> => {
    const created = await kube.create(resource, probe);
    await remove(world, resource, probe);
    await eventually('the probe is gone', async () => !(await kube.read(resource, probe.metadata)));
    return differences(created, probe).length > 0;
  };
  // It holds some moments after it was written, and for some after it was removed.
  await eventually('the policy holds', holds);
  return async () => {
    for (const part of [bindings, policies]) await remove(world, part, { metadata: { name } });
    await eventually('the policy holds no more', async () => !(await holds()));
  };
};

const byProxy = async (world: World, { resource, inMemory }: Change): Promise<() => Promise<void>> => {
  const proxy = await startWatchProxy(world.kubeconfigOfOperator, world.vault.certificates);
  const ofKind = new RegExp(`/${resource.plural}(/[^/]+)?(\\?|$)`);
  proxy.admit = (object, { method, path }) => (method !== 'DELETE' && ofKind.test(path) ? inMemory(object) : object);
  await world.restartOperator({ kubeconfig: proxy.kubeconfig });
  return async () => {
    proxy.heal();
    await world.restartOperator();
    await proxy.close();
  };
};

/** Until it is ended, admission changes objects of a kind: by a policy of the cluster, or by a proxy where it has none. */
export const startAdmission = (world: World, change: Change): Promise<() => Promise<void>> =>
  world.admitsByPolicy ? byPolicy(world, change) : byProxy(world, change);
