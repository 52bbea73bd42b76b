import { readFile } from 'node:fs/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { kubeClient, type KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { eventually } from '@legendops/kit/testing/eventually';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { deletionProtection, deletionProtectionBinding } from '@legendops/tenant-operator/api/deletion-protection';
import { tenantDefinition } from '@legendops/tenant-operator/api/custom-resource-definition';

/** The cluster that the platform on this machine uses: the one in memory, or one that LEGENDOPS_KUBECONFIG names. */
export interface Cluster {
  kubeconfigPath: string;
  /** `iss` of its service account tokens, and an address without sign-in where their keys are. */
  issuer: string;
  keysUrl: string;
  client: KubeClient;
}

export const clusterClient = (kubeconfigText: string): Promise<KubeClient> => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(kubeconfigText);
  return kubeClient(kubeConfig);
};

export const clientFromFile = async (path: string): Promise<KubeClient> => clusterClient(await readFile(path, 'utf8'));

const definitions: Resource<KubeObject & { status?: { conditions?: { type: string; status: string }[] } }> = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};
const clusterWide = (apiVersion: string, kind: string, plural: string): Resource => ({
  apiVersion,
  kind,
  plural,
  namespaced: false,
});
const policies = clusterWide(deletionProtection.apiVersion, deletionProtection.kind, 'validatingadmissionpolicies');
const bindings = clusterWide(
  deletionProtectionBinding.apiVersion,
  deletionProtectionBinding.kind,
  'validatingadmissionpolicybindings',
);
const namespaces: Resource = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };
const serviceAccounts: Resource = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  namespaced: true,
};

export const platformNamespace = 'legendops';
const accounts = ['auth', 'billing', 'catalog', 'portal', 'tenant-operator'] as const;
const manager = { fieldManager: 'legendops-local', force: true };

/** What the charts put into a cluster before the services: the CRD and its guard, the namespace, the service accounts. */
export const preparePlatform = async (client: KubeClient): Promise<void> => {
  const { metadata, spec } = tenantDefinition;
  await client.apply(definitions, { metadata, spec } as KubeObject, manager);
  await client.apply(policies, structuredClone(deletionProtection), manager);
  await client.apply(bindings, structuredClone(deletionProtectionBinding), manager);
  await client.apply(namespaces, { metadata: { name: platformNamespace } }, manager);
  for (const name of accounts)
    await client.apply(serviceAccounts, { metadata: { name, namespace: platformNamespace } }, manager);
  const isEstablished = async (): Promise<boolean> => {
    const found = await client.read(definitions, { name: metadata.name });
    return found?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True') ?? false;
  };
  await eventually('the cluster accepts the Tenant definition', isEstablished, { withinMs: 15_000 });
};
