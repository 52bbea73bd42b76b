import { afterEach, describe, expect, test } from 'vitest';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { annotations } from '@legendops/tenant-operator/api/tenant';
import { namespaces } from '@legendops/tenant-operator/owned/resources';
import { loginOf } from '@legendops/tenant-operator/postgres/logins';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const configMaps: Resource = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
const hold = 'example.com/hold';

export const stuckDeletionCases = (world: () => World, t: InWorld): void => {
  afterEach(() => world().vault.vault.faults.clear());

  /** Something in the namespace that does not go away until somebody lets it. */
  const holdNamespace = async (tenant: string): Promise<() => Promise<unknown>> => {
    const key = { name: 'held', namespace: `tenant-${tenant}` };
    await world().kube.create(configMaps, { metadata: { ...key, finalizers: [hold] } });
    return () => world().kube.mergePatch<KubeObject>(configMaps, key, { metadata: { finalizers: null } });
  };

  describe('a deletion that cannot end says what keeps it', () => {
    test('a namespace whose content stays: the tenant waits, others do not', async () => {
      const tenantId = await t.created('stuck');
      const release = await holdNamespace('stuck');
      await t.remove('stuck');
      await eventually('it names what holds the namespace', async () => {
        const ready = t.conditionOf(await t.read('stuck'), 'Ready');
        return ready?.reason === 'NamespaceTerminating' && ready.message.includes(hold);
      });
      // Everything that could be closed is closed before it waits.
      expect(await t.roles(tenantId)).toEqual([]);
      expect((await t.registryRows('stuck')).map((row) => row?.state)).toEqual(
        Array.from({ length: 4 }, () => 'retained'),
      );
      await t.created('not-stuck');
      await release();
      await t.gone('stuck');
    });

    test('a namespace of a living tenant that somebody removes and that stays: said, and made again when it is gone', async () => {
      await t.created('held-alive');
      const release = await holdNamespace('held-alive');
      const namespace = await world().kube.read(namespaces, { name: 'tenant-held-alive' });
      await world().kube.remove(namespaces, { name: 'tenant-held-alive' }, { uid: namespace?.metadata.uid ?? '' });
      await t.reason('held-alive', 'NamespaceReady', 'NamespaceTerminating');
      await release();
      await eventually('the namespace is another', async () => {
        const found = await world().kube.read(namespaces, { name: 'tenant-held-alive' });
        return found && found.metadata.uid !== namespace?.metadata.uid;
      });
      await t.ready('held-alive');
    });

    test('a vault that is down', async () => {
      await t.created('vaultless', { deletionPolicy: 'Delete' });
      const unavailable = { status: 503, body: { error: { code: 'ServiceUnavailable', message: 'x' } } };
      world().vault.vault.faults.add([{ match: { path: '^/secrets/' }, fault: unavailable }]);
      await t.remove('vaultless');
      expect((await t.reason('vaultless', 'Ready', 'TemporaryFailure')).message).toContain(
        'The vault of operator failed',
      );
      // Services refuse it already.
      expect((await t.registryRows('vaultless')).map((row) => row?.state)).toEqual(
        Array.from({ length: 4 }, () => 'deleting'),
      );
      world().vault.vault.faults.clear();
      await t.gone('vaultless');
    });

    test('a login that owns something', async () => {
      const login = loginOf(await t.created('owner', { deletionPolicy: 'Delete' }), 'a');
      await world().databases.query(
        'billing_db',
        `create table public.of_login (); alter table public.of_login owner to ${login}`,
      );
      await t.remove('owner');
      expect((await t.reason('owner', 'Ready', 'LoginInUse')).message).toContain(login);
      await world().databases.query('billing_db', 'drop table public.of_login');
      await t.gone('owner');
    });

    test('a pause', async () => {
      await t.created('pausing');
      await t.apply('pausing', {}, { [annotations.paused]: 'true' });
      await t.remove('pausing');
      expect((await t.reason('pausing', 'Ready', 'Paused')).message).toContain(annotations.paused);
      expect(await world().kube.read(namespaces, { name: 'tenant-pausing' })).toBeDefined();
      await world().kube.mergePatch<KubeObject>(
        { apiVersion: 'platform.legendops.io/v1alpha1', kind: 'Tenant', plural: 'tenants', namespaced: false },
        { name: 'pausing' },
        { metadata: { annotations: { [annotations.paused]: null } } },
      );
      await t.gone('pausing');
    });

    test('a tenant that took another’s data over goes with it, though nothing but its status says so', async () => {
      const tenantId = await t.created('heir');
      await t.remove('heir');
      await t.gone('heir');
      await t.apply('heir', {}, { [annotations.adopt]: tenantId });
      await t.ready('heir');
      await t.apply('heir', {});
      await t.ready('heir');
      const release = await holdNamespace('heir');
      await t.remove('heir');
      await t.reason('heir', 'Ready', 'NamespaceTerminating');
      await eventually('the status keeps its id', async () => (await t.read('heir'))?.status?.tenantId === tenantId);
      await release();
      await t.gone('heir');
      expect(await t.roles(tenantId)).toEqual([]);
      expect((await t.registryRows('heir')).map((row) => row?.state)).toEqual(
        Array.from({ length: 4 }, () => 'retained'),
      );
    });
  });
};
