import { beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { annotations, finalizer, tenants } from '@legendops/tenant-operator/api/tenant';
import { networkPolicies } from '@legendops/tenant-operator/phases/resources';
import { newTenantId } from '@legendops/tenant-operator/phases/tenant-id';
import { eventually } from '@legendops/kit/testing/eventually';
import { isWrite } from './external-writes.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';
import { pause } from './waiting.ts';

const many = 12;

export const upgradeCases = (world: () => World, t: InWorld): void => {
  describe('an operator that follows an older one', () => {
    beforeAll(() => t.removeAll());

    test('finds the tenant of a resource that has no claim, by its owner', async () => {
      const metadata = { name: 'older', finalizers: [finalizer], annotations: { [annotations.paused]: 'true' } };
      const made = await world().kube.apply<KubeObject>(
        tenants,
        { metadata, spec: { displayName: 'Older', billing: { currency: 'USD' } } } as KubeObject,
        { fieldManager: 'test', force: true },
      );
      const tenantId = newTenantId();
      await world().databases.query(
        'portal_db',
        "select app.register_tenant($1, 'older', 'Older', 'active', '{}', '{}', $2, null)",
        [tenantId, made.metadata.uid],
      );
      const unpause = { metadata: { annotations: { [annotations.paused]: null } } };
      await world().kube.mergePatch<KubeObject>(tenants, { name: 'older' }, unpause);
      expect((await t.ready('older')).status?.tenantId).toBe(tenantId);
      expect((await t.registryRows('older')).map((row) => row?.id)).toEqual(Array.from({ length: 4 }, () => tenantId));
    });

    test('removes the policies that it no longer wants, and nobody else’s', async () => {
      for (const name of ['policies', 'bystander']) await t.apply(name, {});
      for (const name of ['policies', 'bystander']) await t.ready(name);
      const { kube } = world();
      const spec = { podSelector: {}, policyTypes: ['Egress'], egress: [{}] };
      const at = (name: string) => ({ name, namespace: 'tenant-policies' });
      const ours = (await kube.read(networkPolicies, at('tenant')))?.metadata.labels ?? {};
      await kube.create(networkPolicies, { metadata: at('of-a-person'), spec });
      for (const name of ['allow-dns', 'default-deny'])
        await kube.create(networkPolicies, { metadata: { ...at(name), labels: ours }, spec });
      const namesIn = async (tenant: string) =>
        (await kube.list(networkPolicies, {}, `tenant-${tenant}`)).items.map(({ metadata }) => metadata.name).sort();
      await eventually('they are gone', async () => (await namesIn('policies')).join() === 'of-a-person,tenant');
      expect(await namesIn('bystander')).toEqual(['tenant']);
      expect(t.conditionOf(await t.read('policies'), 'Ready')?.status).toBe('True');
    });

    test(`writes nothing to ${many} tenants that are as they should be`, async () => {
      const names = Array.from({ length: many }, (_, index) => `calm-${index}`);
      for (const name of names) await t.apply(name, {});
      for (const name of names) await t.ready(name);
      for (const name of ['older', 'policies', 'bystander', ...names])
        await t.reason(name, 'IntegrationsReady', 'NotConnected');
      await world().operator().rest();
      const versions = async () =>
        Promise.all(names.map(async (name) => (await t.read(name))?.metadata.resourceVersion));
      const before = await versions();
      const operator = await world().restartOperator();
      await pause(3_000);
      expect(operator.writes.all.length).toBeGreaterThan(many);
      expect(operator.writes.all.filter(isWrite)).toEqual([]);
      expect(await versions()).toEqual(before);
    });
  });
};
