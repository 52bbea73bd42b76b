import { beforeAll, describe, expect, test } from 'vitest';
import { fieldManager } from '@legendops/tenant-operator/api/tenant';
import { cronJobs, namespaces, networkPolicies, secrets } from '@legendops/tenant-operator/phases/resources';
import { loginOf } from '@legendops/tenant-operator/postgres/logins';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';
import { until } from './tenants-in-world.ts';

const severalFullPasses = 3_500;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Registry calls write only where something differs; the rows tell. */
const isWrite = (write: string) =>
  !['registry.register', 'registry.setDirectories', 'registry.inviteAdmins'].includes(write);

export const steadinessCases = (world: () => World, t: InWorld): void => {
  const footprint = async (name: string) => ({
    registry: await t.registryRows(name),
    resourceVersion: (await t.read(name))?.metadata.resourceVersion,
    vault: { ...world().vault.vault.writes() },
  });

  describe('nothing is written while nothing changes', () => {
    beforeAll(() => t.removeAll());

    test.each([
      ['idle', {}],
      ['odd-quantities', { namespace: { quota: { cpu: '2000m', memory: '2048Mi' } } }],
      ['suspended-idle', { state: 'Suspended' }],
      ['refused-idle', { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } }],
    ])('%s', async (name, spec) => {
      await t.apply(name, spec);
      await t.reason(name, 'BillingReady', name === 'refused-idle' ? 'UnknownTimeZone' : 'CronJobsReady');
      await pause(300);
      const operator = await world().restartOperator();
      await pause(1_000);
      const before = await footprint(name);
      const first = operator.writes.all.length;
      await pause(severalFullPasses);
      expect(operator.writes.all.slice(first).filter(isWrite)).toEqual([]);
      expect(operator.writes.all.length).toBeGreaterThan(first);
      expect(await footprint(name)).toEqual(before);
    });

    test('the same spec applied again writes nothing', async () => {
      await t.apply('again', {});
      await t.ready('again');
      await pause(300);
      const before = await footprint('again');
      const writes = world().operator().writes.all;
      const first = writes.length;
      await t.apply('again', {});
      await pause(500);
      expect(writes.slice(first).filter(isWrite)).toEqual([]);
      expect(await footprint('again')).toEqual(before);
    });
  });

  describe('what somebody else changed is repaired', () => {
    test('a CronJob, a policy and a Secret that were removed or edited', async () => {
      await t.apply('drift', {});
      const { status } = await t.ready('drift');
      const { kube } = world();
      const at = (name: string) => ({ name, namespace: 'tenant-drift' });
      const uidOf = (object: { metadata: { uid?: string } } | undefined) => ({ uid: object?.metadata.uid ?? '' });
      await kube.remove(cronJobs, at('usage-sync'), uidOf(await kube.read(cronJobs, at('usage-sync'))));
      await kube.mergePatch(cronJobs, at('reconcile'), { spec: { schedule: '* * * * *', suspend: true } });
      await kube.remove(
        networkPolicies,
        at('default-deny'),
        uidOf(await kube.read(networkPolicies, at('default-deny'))),
      );
      await kube.mergePatch(secrets, at('database'), { data: { password: Buffer.from('mine').toString('base64') } });
      await until('all is as it was', async () => {
        const [usageSync, reconcile, policy] = await Promise.all([
          kube.read(cronJobs, at('usage-sync')),
          kube.read(cronJobs, at('reconcile')),
          kube.read(networkPolicies, at('default-deny')),
        ]);
        if (!usageSync || !policy || reconcile?.spec.schedule !== '0 7 7 * *' || reconcile.spec.suspend) return false;
        return (await t.logIn(await t.databaseSecret('drift'))) === status?.tenantId;
      });
    });

    test('a login that was closed, widened in number, or lost its membership', async () => {
      await t.apply('roles', {});
      const tenantId = (await t.ready('roles')).status?.tenantId ?? '';
      const login = loginOf(tenantId, 'a');
      await world().databases.query('billing_db', `alter role ${login} nologin connection limit 50`);
      await world().databases.query('billing_db', `drop role ${loginOf(tenantId, 'b')}`);
      await until('both logins are right', async () => {
        const [a, b] = await world().databases.query(
          'billing_db',
          'select rolconnlimit as most from pg_roles where rolname = any ($1) order by rolname',
          [[login, loginOf(tenantId, 'b')]],
        );
        return a?.most === 5 && b?.most === 5 && (await t.logIn(await t.databaseSecret('roles'))) === tenantId;
      });
    });

    test('a login that somebody gave more rights is reported, for the operator cannot take them', async () => {
      await t.apply('widened', {});
      const tenantId = (await t.ready('widened')).status?.tenantId ?? '';
      const login = loginOf(tenantId, 'a');
      await world().databases.query('billing_db', `grant app_service to ${login}`);
      expect((await t.reason('widened', 'DatabaseReady', 'LoginDrifted')).message).toContain(login);
      await world().databases.query('billing_db', `revoke app_service from ${login}`);
      await t.ready('widened');
    });

    test('a namespace that was deleted comes back with everything', async () => {
      await t.apply('vanished', {});
      const tenant = await t.ready('vanished');
      const namespace = await world().kube.read(namespaces, { name: 'tenant-vanished' });
      await world().kube.remove(namespaces, { name: 'tenant-vanished' }, { uid: namespace?.metadata.uid ?? '' });
      await until('the namespace is another', async () => {
        const found = await world().kube.read(namespaces, { name: 'tenant-vanished' });
        return found && found.metadata.uid !== namespace?.metadata.uid;
      });
      await until(
        'its login works',
        async () => (await t.logIn(await t.databaseSecret('vanished'))) === tenant.status?.tenantId,
      );
    });

    test('what others added to our objects is left alone', async () => {
      await t.apply('labels', {});
      await t.ready('labels');
      const key = { name: 'tenant-labels' };
      await world().kube.mergePatch(namespaces, key, { metadata: { labels: { 'others.example/team': 'blue' } } });
      await pause(severalFullPasses / 2);
      const found = await world().kube.read(namespaces, key);
      expect(found?.metadata.labels).toMatchObject({ 'others.example/team': 'blue' });
      const managers = (found?.metadata.managedFields ?? []) as { manager: string }[];
      expect(managers.map(({ manager }) => manager)).toContain(fieldManager);
    });
  });
};
