import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { annotations, finalizer, hexOf, tenants } from '@legendops/tenant-operator/api/tenant';
import { clusterIdOf } from '@legendops/tenant-operator/cluster-identity';
import { namespaces } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { databases } from '../../local/suite-databases.ts';
import { inWorld, type InWorld } from './tenants-in-world.ts';

const names = ['lost-one', 'lost-two', 'lost-three'];
const step = (text: string): void => void process.stdout.write(`lost cluster: ${text}\n`);

export const lostClusterCases = (world: () => World, t: InWorld): void => {
  const sql = (text: string, values: unknown[]) => world().databases.query('billing_db', text, values);
  const accountsOf = async (id: string) =>
    (await sql('select account from billing.connections where tenant_id = $1', [id])).map(({ account }) => account);
  /** As if so much time had passed since the operator of the cluster was last heard of. */
  const silentFor = (cluster: string, minutes: number) =>
    world().databases.query(
      'portal_db',
      `update app.clusters set seen_at = now() - make_interval(mins => $2) where id = $1`,
      [cluster, minutes],
    );
  const annotate = (kube: KubeClient, name: string, values: Record<string, string | null>) =>
    kube.mergePatch<KubeObject>(tenants, { name }, { metadata: { annotations: values } });
  const ownersOf = async (name: string) => (await t.registryRows(name)).map((row) => row?.owner_uid);

  describe('a cluster is lost', () => {
    beforeAll(async () => {
      await t.removeAll();
      // What is looked at again here is not looked at by a full pass.
      await world().restartOperator({ fullPassMs: 3_600_000 });
    });
    afterAll(async () => {
      world().clock.aheadMs = 0;
      await world().restartOperator();
    });

    test('its tenants, applied anew in another cluster, come back with their data, and never while it lives', async () => {
      const lost = await world().anotherCluster();
      const there = inWorld(() => ({ ...world(), kube: lost.kube }));
      const lostId = await clusterIdOf(lost.kube);
      let operator = await world().startAnother({ kubeconfig: lost.kubeconfigOfOperator });
      const ids = await Promise.all(names.map((name) => there.created(name)));
      const logins = await Promise.all(names.map((name) => there.databaseSecret(name)));
      for (const id of ids) {
        await sql(
          `with claimed as (
             insert into billing.vendor_accounts (tenant_id, vendor, account) values ($1, 'pax8', $2) returning *)
           insert into billing.connections (tenant_id, vendor, state, account)
             select tenant_id, vendor, 'connected', account from claimed`,
          [id, id],
        );
        world().vault.vaults.billing.secrets.set(`tenant-${hexOf(id)}-pax8`, { value: '{}', tags: { tenant: id } });
      }
      step(`three tenants in the cluster ${lostId}: ${ids.join(', ')}`);

      for (const name of names) await t.apply(name, {});
      await annotate(world().kube, 'lost-one', { [annotations.adoptFromLostCluster]: lostId });
      await annotate(world().kube, 'lost-two', { [annotations.adopt]: ids[1] ?? '' });
      for (const name of names) {
        const { message } = await t.reason(name, 'Registered', 'NameTaken');
        expect(message).toContain(`the cluster ${lostId}, whose operator is running`);
        expect(message).not.toContain('remove');
      }
      await world().operator().rest();
      for (const [at, name] of names.entries()) {
        const owner = (await there.read(name))?.metadata.uid;
        expect(await ownersOf(name)).toEqual(Array.from({ length: 4 }, () => owner));
        expect((await t.read(name))?.status?.tenantId).toBeUndefined();
        expect(await t.logIn(logins[at] ?? {})).toBe(ids[at]);
      }
      step('applied in a second cluster while it lives: refused, whatever the annotations say');

      await annotate(world().kube, 'lost-one', { [annotations.adoptFromLostCluster]: null });
      await annotate(world().kube, 'lost-two', { [annotations.adopt]: null });
      await operator.stop();
      await silentFor(lostId, 6);
      for (const name of names) {
        const wanted = `${annotations.adoptFromLostCluster}=${lostId}`;
        await eventually(`${name} says what to do`, async () => {
          const condition = t.conditionOf(await t.read(name), 'Registered');
          return condition?.reason === 'NameTaken' && condition.message.includes(wanted);
        });
        expect((await t.registryRows(name))[0]?.id).toBe(ids[names.indexOf(name)]);
      }
      step('the cluster has been silent for more than five minutes: each Tenant says how to take its data over');

      await annotate(world().kube, 'lost-one', { [annotations.adoptFromLostCluster]: await clusterIdOf(world().kube) });
      await world().operator().rest();
      expect(t.conditionOf(await t.read('lost-one'), 'Registered')?.reason).toBe('NameTaken');
      step('the word for another cluster takes nothing over');

      for (const name of names) await annotate(world().kube, name, { [annotations.adoptFromLostCluster]: lostId });
      for (const [at, name] of names.entries()) {
        const tenant = await t.ready(name);
        expect(tenant.status?.tenantId).toBe(ids[at]);
        expect(await ownersOf(name)).toEqual(Array.from({ length: 4 }, () => tenant.metadata.uid));
        expect(await accountsOf(ids[at] ?? '')).toEqual([ids[at]]);
        const login = await t.databaseSecret(name);
        expect(await t.logIn(login)).toBe(ids[at]);
        // The old one held until the new one did, and is another: what was lost with the cluster opens nothing for long.
        expect(login.username).not.toBe(logins[at]?.username);
        expect(await t.logIn(logins[at] ?? {})).toBe(ids[at]);
        expect(world().vault.vaults.billing.secrets.live(`tenant-${hexOf(ids[at] ?? '')}-pax8`).versions).toMatchObject(
          [{ enabled: true }],
        );
      }
      step(`one command for all of them: Ready with the same ids: ${ids.join(', ')}`);

      operator = await world().startAnother({ kubeconfig: lost.kubeconfigOfOperator });
      for (const name of names) {
        await there.reason(name, 'Registered', 'NameTaken');
        await there.remove(name);
        await there.gone(name);
        expect((await t.registryRows(name)).map((row) => row?.state)).toEqual(
          Array.from({ length: 4 }, () => 'active'),
        );
        await t.ready(name);
        expect(await t.logIn(await t.databaseSecret(name))).toBe(ids[names.indexOf(name)]);
      }
      step('the old cluster comes back: its Tenants say so, and deleting them there harms nobody');
      await operator.stop();
      await lost.close();
      world().clock.aheadMs = 3_700_000;
      await world().restartOperator();
      for (const login of logins)
        await eventually('the old login is closed', async () => (await t.logIn(login)) === '28000');
      world().clock.aheadMs = 0;
      step('the logins of the lost cluster are closed');
    }, 180_000);

    test('rows of an operator that did not say where it ran are taken over by the word for the cluster without a name', async () => {
      const id = await t.created('unnamed-cluster');
      const none = '00000000-0000-0000-0000-000000000000';
      await world().stopOperator();
      await world().kube.mergePatch<KubeObject>(
        tenants,
        { name: 'unnamed-cluster' },
        { metadata: { finalizers: null } },
      );
      await t.remove('unnamed-cluster');
      for (const database of databases)
        await world().databases.query(database, 'update app.tenants set owner_cluster = $1 where id = $2', [none, id]);
      await world().restartOperator();
      // An operator of before tells that it runs by what it asks.
      const ofBefore =
        "select outcome from app.register_tenant(gen_random_uuid(), 'unnamed-cluster', 'N', 'active', '{}', '{}', gen_random_uuid(), null)";
      expect(await world().databases.query('portal_db', ofBefore)).toEqual([{ outcome: 'name-taken' }]);
      await t.apply('unnamed-cluster', {}, { [annotations.adoptFromLostCluster]: none });
      expect((await t.reason('unnamed-cluster', 'Registered', 'NameTaken')).message).toContain('is running');
      await silentFor(none, 6);
      expect((await t.ready('unnamed-cluster')).status?.tenantId).toBe(id);
    });
  });

  describe('a Tenant whose finalizer somebody removed', () => {
    test('and that is applied again: it says how to come back, and takes its namespace over', async () => {
      const id = await t.created('torn-off');
      const login = await t.databaseSecret('torn-off');
      const before = await world().kube.read(namespaces, { name: 'tenant-torn-off' });
      await world().stopOperator();
      const without: object = { metadata: { finalizers: [] } };
      await world().kube.mergePatch<KubeObject>(tenants, { name: 'torn-off' }, without);
      expect((await t.read('torn-off'))?.metadata.finalizers ?? []).not.toContain(finalizer);
      await t.remove('torn-off');
      await world().restartOperator();
      await t.apply('torn-off', {});
      const { message } = await t.reason('torn-off', 'Registered', 'NameTaken');
      expect(message).toContain('is gone from this cluster');
      expect(message).toContain(`${annotations.adopt}=${id}`);
      await t.apply('torn-off', {}, { [annotations.adopt]: id });
      expect((await t.ready('torn-off')).status?.tenantId).toBe(id);
      expect(await t.logIn(await t.databaseSecret('torn-off'))).toBe(id);
      expect(await t.logIn(login)).toBe(id);
      expect((await world().kube.read(namespaces, { name: 'tenant-torn-off' }))?.metadata.uid).toBe(
        before?.metadata.uid,
      );
    });
  });
};
