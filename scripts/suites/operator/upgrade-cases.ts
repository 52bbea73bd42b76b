import { beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { annotations, fieldManager, finalizer, tenants } from '@legendops/tenant-operator/api/tenant';
import { ownedKindNames, ownedKinds, type OwnedKind } from '@legendops/tenant-operator/owned/owned-kinds';
import { cronJobs, networkPolicies, secrets } from '@legendops/tenant-operator/owned/resources';
import { defaultsAnnotation } from '@legendops/tenant-operator/phases/ensure-logins';
import { connectionLimit } from '@legendops/tenant-operator/postgres/login-differences';
import { loginOf } from '@legendops/tenant-operator/postgres/logins';
import { newTenantId } from '@legendops/tenant-operator/api/tenant-id';
import { eventually } from '@legendops/kit/testing/eventually';
import { isWrite } from './external-writes.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const many = 12;

type Filled = KubeObject & { spec?: object; status?: object };
type Told = KubeObject & { reason?: string; note?: string; regarding?: { name?: string } };
const events: Resource<Told> = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events', namespaced: true };

const pruned = ownedKindNames.filter((name) => ownedKinds[name].prunes);

export const upgradeCases = (world: () => World, t: InWorld): void => {
  describe('an operator that follows an older one', () => {
    beforeAll(() => t.removeAll());
    /** What the operator told of having pruned. */
    const told = async (tenant: string): Promise<string[]> => {
      const { items } = await world().kube.list<Told>(events, {}, 'default');
      return items
        .filter(({ reason, regarding }) => reason === 'Pruned' && regarding?.name === tenant)
        .map(({ note = '' }) => note);
    };

    test('finds the tenant of a resource that has no claim, by its owner', async () => {
      const metadata = { name: 'older', finalizers: [finalizer], annotations: { [annotations.paused]: 'true' } };
      const created = await world().kube.apply<KubeObject>(
        tenants,
        { metadata, spec: { displayName: 'Older', billing: { currency: 'USD' } } } as KubeObject,
        { fieldManager: 'test', force: true },
      );
      const tenantId = newTenantId();
      await world().databases.query(
        'portal_db',
        "select app.register_tenant($1, 'older', 'Older', 'active', '{}', '{}', $2, null)",
        [tenantId, created.metadata.uid],
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
        await kube.create(networkPolicies, { metadata: { ...at(name), labels: ours }, spec }, { fieldManager });
      const namesIn = async (tenant: string) =>
        (await kube.list(networkPolicies, {}, `tenant-${tenant}`)).items.map(({ metadata }) => metadata.name).sort();
      await eventually('they are gone', async () => (await namesIn('policies')).join() === 'of-a-person,tenant');
      expect(await namesIn('bystander')).toEqual(['tenant']);
      expect(t.conditionOf(await t.read('policies'), 'Ready')?.status).toBe('True');
    });

    test.each(pruned)(
      'removes %s that it calls by another name now, says so, and leaves what a person made alike',
      async (kind) => {
        const { resource, names }: OwnedKind = ownedKinds[kind];
        const tenant = `renamed-${resource.plural}`;
        await t.created(tenant);
        const { kube } = world();
        const namespace = `tenant-${tenant}`;
        const like = await kube.read<Filled>(resource, { name: names[0] ?? '', namespace });
        const { metadata, apiVersion: _, kind: __, status: ___, ...parts } = like ?? { metadata: { name: '' } };
        const copy = (name: string) => ({ metadata: { name, namespace, labels: metadata.labels ?? {} }, ...parts });
        await kube.create(resource, copy('of-a-person'));
        await kube.create(resource, copy('of-before'), { fieldManager });
        const left = async () =>
          (await kube.list(resource, {}, namespace)).items
            .filter((item) => item.metadata.labels)
            .map((item) => item.metadata.name)
            .sort();
        await eventually('the one of before is gone', async () => !(await left()).includes('of-before'));
        expect(await left()).toEqual([...names, 'of-a-person'].sort());
        await eventually('it is told', async () =>
          (await told(tenant)).some((note) => note.includes(`${namespace}/of-before`)),
        );
        await t.ready(tenant);
      },
    );

    test('removes nothing while it does not know all that is wanted', async () => {
      const { kube } = world();
      await t.apply('unsure', { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } });
      await t.reason('unsure', 'BillingReady', 'UnknownTimeZone');
      const at = (name: string) => ({ name, namespace: 'tenant-unsure' });
      const labels = (await kube.read(networkPolicies, at('tenant')))?.metadata.labels ?? {};
      const cronJob = (await kube.read(cronJobs, { name: 'usage-sync', namespace: 'tenant-bystander' }))?.spec ?? {};
      await kube.create(cronJobs, { metadata: { ...at('of-before'), labels }, spec: cronJob }, { fieldManager });
      await kube.create(
        networkPolicies,
        { metadata: { ...at('of-before'), labels }, spec: { podSelector: {} } },
        { fieldManager },
      );
      // The policies are known, and what is wanted of them stands: a pass has come by.
      await eventually('the policy is gone', async () => !(await kube.read(networkPolicies, at('of-before'))));
      await world().operator().rest();
      expect(await kube.read(cronJobs, at('of-before'))).toBeDefined();
      await t.apply('unsure', {});
      await t.ready('unsure');
      await eventually('the CronJob is gone', async () => !(await kube.read(cronJobs, at('of-before'))));
    });

    test('brings logins to its own defaults, and takes none for changed that an older one had made', async () => {
      const tenantId = await t.created('defaults');
      const login = loginOf(tenantId, 'a');
      const key = { name: 'database', namespace: 'tenant-defaults' };
      const limit = async () => {
        const text = 'select rolconnlimit as most from pg_roles where rolname = $1';
        return (await world().databases.query('billing_db', text, [login]))[0]?.most;
      };
      await world().stopOperator();
      await world().databases.query('billing_db', `alter role ${login} connection limit 7`);
      await world().kube.mergePatch(secrets, key, { metadata: { annotations: { [defaultsAnnotation]: 'of-before' } } });
      const operator = await world().restartOperator();
      const said = (words: string) => operator.logged.some((line) => line.includes(words) && line.includes(login));
      await eventually('its limit is ours', async () => (await limit()) === connectionLimit);
      await eventually('the Secret says so', async () => {
        const annotations = (await world().kube.read(secrets, key))?.metadata.annotations;
        return annotations?.[defaultsAnnotation] !== 'of-before';
      });
      expect(said('is brought to the defaults')).toBe(true);
      expect(said('a login had been changed')).toBe(false);
      await world().databases.query('billing_db', `alter role ${login} connection limit 8`);
      await eventually('its limit is ours again', async () => (await limit()) === connectionLimit);
      expect(said('a login had been changed')).toBe(true);
    });

    test(`writes nothing to ${many} tenants that are as they should be`, async () => {
      const names = Array.from({ length: many }, (_, index) => `calm-${index}`);
      for (const name of names) await t.apply(name, {});
      for (const name of names) await t.ready(name);
      const { items } = await world().kube.list(tenants, {});
      for (const name of items.map(({ metadata }) => metadata.name))
        await t.reason(name, 'IntegrationsReady', 'NotConnected');
      await world().operator().rest();
      const versions = async () =>
        Promise.all(names.map(async (name) => (await t.read(name))?.metadata.resourceVersion));
      const before = await versions();
      const operator = await world().restartOperator();
      await t.passes(names, 1);
      expect(operator.writes.all.length).toBeGreaterThan(many);
      expect(operator.writes.all.filter(isWrite)).toEqual([]);
      expect(await versions()).toEqual(before);
    });
  });
};
