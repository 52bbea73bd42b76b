import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dumpYaml, loadAllYaml, loadYaml } from '@kubernetes/client-node';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { eventually } from '@legendops/kit/testing/eventually';
import { platformNamespace } from '../../loopback/cluster.ts';

const manifestPath = join(import.meta.dirname, '../../../operators/tenant/rbac.yaml');
const account = 'tenant-operator';

const tokenRequests: Resource<KubeObject & { spec: object; status?: { token: string } }> = {
  apiVersion: 'v1',
  kind: 'TokenRequest',
  plural: `serviceaccounts/${account}/token`,
  namespaced: true,
};

const pluralOf = (kind: string): string => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`).toLowerCase();

interface Kubeconfig {
  users: { name: string; user: object }[];
}

/** Gives the operator's account the rights of its manifest; a kubeconfig of that account. */
export const operatorAccess = async (kube: KubeClient, kubeconfig: string): Promise<string> => {
  const manifests = loadAllYaml(await readFile(manifestPath, 'utf8')) as (KubeObject & {
    apiVersion: string;
    kind: string;
  })[];
  for (const manifest of manifests) {
    const { apiVersion, kind, metadata } = manifest;
    const resource = { apiVersion, kind, plural: pluralOf(kind), namespaced: metadata.namespace !== undefined };
    await kube.apply(resource, manifest, { fieldManager: 'test', force: true });
  }
  const { status } = await kube.create(tokenRequests, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: { name: account, namespace: platformNamespace },
    spec: { expirationSeconds: 7_200 },
  });
  const own = loadYaml<Kubeconfig>(kubeconfig);
  for (const one of own.users) one.user = { token: status?.token };
  return dumpYaml(own);
};

/** The policy of the manifest holds some moments after it was written. */
export const policyHolds = (refused: () => Promise<unknown>): Promise<true> =>
  eventually('the admission policy holds', async () => {
    try {
      await refused();
      return false;
    } catch (error) {
      return String(error).includes("tenants' namespaces only");
    }
  });
