import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { electLeader } from '@legendops/operator-runtime/lease/leader-election';
import { clusterLease, fieldManager } from '@legendops/tenant-operator/api/tenant';
import { jobs, namespaces, networkPolicies, secrets } from '@legendops/tenant-operator/owned/resources';
import { clusterClient, platformNamespace } from '../../loopback/cluster.ts';
import { policyHolds } from './operator-access.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const resource = (apiVersion: string, kind: string, plural: string, namespaced = true): Resource => ({
  apiVersion,
  kind,
  plural,
  namespaced,
});
const pods = resource('v1', 'Pod', 'pods');
const configMaps = resource('v1', 'ConfigMap', 'configmaps');
const clusterRoles = resource('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', false);
const leases = resource('coordination.k8s.io/v1', 'Lease', 'leases');
const admission = resource(
  'admissionregistration.k8s.io/v1',
  'ValidatingAdmissionPolicy',
  'validatingadmissionpolicies',
  false,
);

/** What the operator's account may do on a cluster that knows rights; that it suffices, the rest of the suite shows. */
export const accessCases = (world: () => World, t: InWorld): void => {
  let kube: KubeClient;
  const ours = { fieldManager, force: true };
  const outcomeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof StatusError ? `${error.code} ${error.reason}` : String(error)),
    );

  describe('the account of the operator', () => {
    beforeAll(async () => {
      kube = await clusterClient(world().kubeconfigOfOperator);
      await t.apply('access', {});
      await t.ready('access');
      await world().kube.apply(secrets, { metadata: { name: 'foreign', namespace: 'tenant-access' } }, ours);
      const elsewhere = { metadata: { name: 'database', namespace: 'default' } };
      await policyHolds(() => kube.apply(secrets, elsewhere, ours));
    }, 60_000);
    afterAll(() => kube.close());

    test('reads the Secrets that it makes, by name and by the list of that name', async () => {
      const found = await kube.read(secrets, { name: 'database', namespace: 'tenant-access' });
      expect(found?.data).toHaveProperty('password');
      const { items } = await kube.list(secrets, { fieldSelector: 'metadata.name=database' });
      expect(items.map(({ metadata }) => metadata.namespace)).toContain('tenant-access');
    });

    const nothing = (name: string, namespace?: string): KubeObject => ({
      metadata: { name, ...(namespace !== undefined && { namespace }) },
    });
    test.each<[string, () => Promise<unknown>]>([
      ['read another Secret of a tenant', () => kube.read(secrets, { name: 'foreign', namespace: 'tenant-access' })],
      ['read a Secret of the platform', () => kube.read(secrets, { name: 'vault', namespace: platformNamespace })],
      ['list all Secrets', () => kube.list(secrets, {})],
      ['list the Secrets of a tenant', () => kube.list(secrets, {}, 'tenant-access')],
      ['remove a Secret', () => kube.remove(secrets, { name: 'database', namespace: 'tenant-access' }, { uid: 'x' })],
      ['write a Secret of its name elsewhere', () => kube.apply(secrets, nothing('database', 'kube-system'), ours)],
      ['make a namespace of another name', () => kube.create(namespaces, nothing('evil'))],
      ['change a namespace that is not a tenant’s', () => kube.apply(namespaces, nothing('default'), ours)],
      ['remove a namespace that is not a tenant’s', () => removed('legendops')],
      [
        'write a policy into another namespace',
        () => kube.apply(networkPolicies, { ...nothing('p', 'default'), spec: { podSelector: {} } }, ours),
      ],
      ['start a pod', () => kube.create(pods, nothing('p', 'tenant-access'))],
      ['start a job', () => kube.create(jobs, nothing('j', 'tenant-access'))],
      ['read a ConfigMap', () => kube.read(configMaps, { name: 'kube-root-ca.crt', namespace: 'tenant-access' })],
      ['widen its own rights', () => kube.mergePatch(clusterRoles, { name: 'legendops-tenant-operator' }, {})],
      ['change the policy that holds it', () => kube.mergePatch(admission, { name: 'legendops-tenant-operator' }, {})],
      ['take another lease', () => kube.read(leases, { ...clusterLease, name: 'other' })],
      ['take a lease of another namespace', () => kube.read(leases, { ...clusterLease, namespace: platformNamespace })],
    ])('may not %s', async (_what, attempt) => {
      expect(await outcomeOf(attempt())).toMatch(/^(403 Forbidden|422 Invalid)$/);
    });
    const removed = async (name: string): Promise<unknown> => {
      const found = await world().kube.read(namespaces, { name });
      return kube.remove(namespaces, { name }, { uid: found?.metadata.uid ?? '' });
    };

    test('takes and gives back its own lease', async () => {
      const lost: string[] = [];
      const election = electLeader({
        client: kube,
        key: clusterLease,
        onLost: (reason) => lost.push(reason),
      });
      await election.elected;
      await election.release();
      expect(lost).toEqual([]);
      const lease = await world().kube.read<KubeObject & { spec?: { holderIdentity?: string } }>(leases, clusterLease);
      expect(lease?.spec?.holderIdentity ?? '').toBe('');
    });
  });
};
