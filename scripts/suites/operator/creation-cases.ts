import { describe, expect, test } from 'vitest';
import { aspects, gatesReady } from '@legendops/tenant-operator/api/conditions';
import { jobNames, jobs } from '@legendops/tenant-operator/api/jobs';
import { hexOf } from '@legendops/tenant-operator/api/tenant';
import { ownedKindNames, ownedKinds } from '@legendops/tenant-operator/owned/owned-kinds';
import {
  cronJobs,
  limitRanges,
  namespaces,
  networkPolicies,
  resourceQuotas,
  serviceAccounts,
} from '@legendops/tenant-operator/owned/resources';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

export const creationCases = (world: () => World, t: InWorld): void => {
  describe('creating a tenant', () => {
    test('brings it everything, and says so', async () => {
      await t.apply('new', { displayName: 'Northwind', admins: [{ email: 'ada@northwind.example', name: 'Ada' }] });
      const tenant = await t.ready('new');
      const tenantId = tenant.status?.tenantId ?? '';
      expect(tenant.metadata.finalizers).toEqual(['platform.legendops.io/tenant']);
      expect(tenant.status).toMatchObject({
        namespace: 'tenant-new',
        observedGeneration: 1,
        database: { activeSlot: 'a' },
      });
      expect(tenant.status?.conditions?.map(({ type, status }) => `${type} ${status}`)).toEqual([
        'Ready True',
        ...aspects.map((type) =>
          gatesReady(type) ? `${type} True` : expect.stringMatching(new RegExp(`^${type} (True|Unknown|False)$`)),
        ),
      ]);
      expect(t.conditionOf(tenant, 'JobsSucceeding')?.status).toBe('True');
      expect(t.conditionOf(tenant, 'IntegrationsReady')?.status).toMatch(/^(Unknown|False)$/);
      const row = {
        id: tenantId,
        display_name: 'Northwind',
        state: 'active',
        owner_uid: tenant.metadata.uid,
        limits: { customers: 500, storageGiB: 50, requestsPerMinute: 3_000 },
        settings: { currency: 'USD', timeZone: 'UTC' },
      };
      expect(await t.registryRows('new')).toMatchObject([row, row, row, row]);
      const invitations = await world().databases.query(
        'auth_db',
        'select email, name, role from auth.invitations where tenant_id = $1',
        [tenantId],
      );
      expect(invitations).toEqual([{ email: 'ada@northwind.example', name: 'Ada', role: 'tenant_admin' }]);
      expect(await t.roles(tenantId)).toEqual([
        { name: `t_${hexOf(tenantId)}_a`, open: true },
        { name: `t_${hexOf(tenantId)}_b`, open: false },
      ]);
      expect(t.vaultSecret(tenantId)?.versions).toMatchObject([
        {
          enabled: true,
          tags: { 'managed-by': 'legendops-tenant-operator', tenant: tenantId, slot: 'a', state: 'current' },
        },
      ]);
    });

    test('its namespace holds what bounds its jobs', async () => {
      await t.apply('bounds', {});
      await t.ready('bounds');
      const { kube } = world();
      const at = (name: string) => ({ name, namespace: 'tenant-bounds' });
      expect((await kube.read(namespaces, { name: 'tenant-bounds' }))?.metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': 'restricted',
      });
      expect((await kube.read(resourceQuotas, at('tenant')))?.spec).toMatchObject({ hard: { 'limits.memory': '2Gi' } });
      expect(await kube.read(limitRanges, at('tenant'))).toBeDefined();
      expect(await kube.read(serviceAccounts, at('billing-job'))).toMatchObject({
        automountServiceAccountToken: false,
      });
      expect(await kube.read(networkPolicies, at('tenant'))).toMatchObject({
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      });
      for (const job of jobNames)
        expect((await kube.read(cronJobs, at(jobs[job].cronJob)))?.spec).toMatchObject({
          suspend: false,
          timeZone: 'UTC',
        });
    });

    test('takes one write for each of its objects, and three for itself and its namespace, beside its event', async () => {
      await t.removeAll();
      await world().operator().rest();
      const writes = world().operator().writes.all;
      const first = writes.length;
      await t.apply('few-writes', {});
      await t.ready('few-writes');
      await world().operator().rest();
      const written = writes.slice(first).filter((write) => write.startsWith('kube'));
      const objects = ownedKindNames.flatMap((kind) =>
        ownedKinds[kind].names.map(() => `kube apply ${ownedKinds[kind].resource.plural}`),
      );
      expect([...written].sort()).toEqual(
        ['kube mergePatch tenants', 'kube create namespaces', ...objects, 'kube apply tenants'].sort(),
      );
      expect(written.slice(0, 2)).toEqual(['kube mergePatch tenants', 'kube create namespaces']);
      expect(written.at(-1)).toBe('kube apply tenants');
    });

    test('asks nobody about what cannot be there yet: it looks at the logins that it made, and at nothing else', async () => {
      await t.removeAll();
      await world().operator().rest();
      const { asked } = world().operator().writes;
      const first = asked.length;
      await t.apply('few-reads', {});
      await t.ready('few-reads');
      const ofCreation = asked.slice(first, asked.indexOf('kube apply tenants few-reads', first));
      expect(ofCreation).toContain('kube mergePatch tenants few-reads');
      // Every so often, and for all tenants together; and whether one is there that was removed before this one came.
      const forAll = /^kube list |^kube read tenants (?!few-reads$)|^sql (databaseTime|integrationStates)$/;
      const looked = ofCreation.filter(
        (one) => /^kube read|^vault (get|list)|^sql \w+$/.test(one) && !forAll.test(one),
      );
      expect(looked).toEqual(['sql observeLogins']);
    });

    test('the login of the Secret works, and the database knows whose it is', async () => {
      await t.apply('login', {});
      const { status } = await t.ready('login');
      expect(await t.logIn(await t.databaseSecret('login'))).toBe(status?.tenantId);
    });

    test('neither log nor status nor registry ever hold the password', async () => {
      await t.apply('quiet', {});
      const tenant = await t.ready('quiet');
      const { password } = await t.databaseSecret('quiet');
      const seen = JSON.stringify([tenant, await t.registryRows('quiet'), world().operator().logged]);
      expect(seen).not.toContain(password);
    });
  });

  describe('the connections of a tenant', () => {
    test('are told by a condition that gates nothing, as they are', async () => {
      await t.apply('connects', {});
      const tenantId = (await t.ready('connects')).status?.tenantId ?? '';
      const sql = (text: string) => world().databases.query('billing_db', text, [tenantId]);
      expect((await t.reason('connects', 'IntegrationsReady', 'NotConnected')).message).toContain('pax8');
      const values = "($1, 'pax8', 'connected', 'a'), ($1, 'quickbooks', 'connected', 'b')";
      await sql(`with claimed as (insert into billing.vendor_accounts (tenant_id, vendor, account)
        values ($1, 'pax8', 'a'), ($1, 'quickbooks', 'b'))
        insert into billing.connections (tenant_id, vendor, state, account) values ${values}`);
      await t.reason('connects', 'IntegrationsReady', 'Connected');
      await sql("update billing.connections set state = 'reconnect' where tenant_id = $1 and vendor = 'quickbooks'");
      const { message } = await t.reason('connects', 'IntegrationsReady', 'NeedsAttention');
      expect(message).toContain('quickbooks: reconnect');
      expect(t.conditionOf(await t.read('connects'), 'Ready')?.status).toBe('True');
    });
  });

  describe('changing a tenant', () => {
    test('its display name, state, limits and time zone reach every registry', async () => {
      await t.apply('change', {});
      await t.ready('change');
      await t.apply('change', {
        displayName: 'Contoso',
        state: 'Suspended',
        limits: { customers: 7 },
        billing: { currency: 'USD', timeZone: 'Europe/Berlin' },
      });
      await t.ready('change');
      const row = { display_name: 'Contoso', state: 'suspended', settings: { timeZone: 'Europe/Berlin' } };
      expect(await t.registryRows('change')).toMatchObject(
        [row, row, row, row].map((one) => ({ ...one, limits: { customers: 7 } })),
      );
      const cronJob = await world().kube.read(cronJobs, { name: 'usage-sync', namespace: 'tenant-change' });
      expect(cronJob?.spec).toMatchObject({ suspend: true, timeZone: 'Europe/Berlin' });
      await t.apply('change', { displayName: 'Contoso', state: 'Active' });
      await t.ready('change');
      expect((await t.registryRows('change')).map((one) => one?.state)).toEqual(
        Array.from({ length: 4 }, () => 'active'),
      );
      const resumed = await world().kube.read(cronJobs, { name: 'usage-sync', namespace: 'tenant-change' });
      expect(resumed?.spec.suspend).toBe(false);
    });

    test('a directory that belongs to another tenant is refused, and taken when it is free', async () => {
      const directories = ['aaaaaaaa-0000-4000-8000-000000000001'];
      await t.apply('dir-one', { directories });
      await t.ready('dir-one');
      await t.apply('dir-two', { directories });
      expect((await t.reason('dir-two', 'Registered', 'DirectoryTaken')).message).toContain('spec.directories');
      await t.apply('dir-one', { directories: [] });
      await t.ready('dir-two');
    });

    test('a quota into which no job fits is told, with what to raise, and mended by another spec', async () => {
      await t.apply('quota-small', { namespace: { quota: { cpu: '100m', memory: '2Gi' } } });
      const { message } = await t.reason('quota-small', 'BillingReady', 'QuotaTooSmall');
      expect(message).toContain('spec.namespace.quota.cpu is 100m, and the pod of one job may use 500m');
      expect(t.conditionOf(await t.read('quota-small'), 'Stalled')?.reason).toBe('QuotaTooSmall');
      const key = { name: 'usage-sync', namespace: 'tenant-quota-small' };
      expect(await world().kube.read(cronJobs, key)).toBeDefined();
      await t.apply('quota-small', { namespace: { quota: { cpu: '500m', memory: '256Mi' } } });
      await t.ready('quota-small');
    });

    test.each([['True'], ['yes'], ['1'], ['']])('a tenant is paused by %j as well, and not by false', async (value) => {
      const name = `paused-${value.toLowerCase() || 'empty'}`;
      await t.apply(name, {}, { 'platform.legendops.io/paused': value });
      await t.reason(name, 'Ready', 'Paused');
      expect(await world().kube.read(namespaces, { name: `tenant-${name}` })).toBeUndefined();
      await t.apply(name, {}, { 'platform.legendops.io/paused': 'False' });
      await t.ready(name);
    });

    test('a paused tenant is left alone and says so, until it is not', async () => {
      await t.apply('paused', {}, { 'platform.legendops.io/paused': 'true' });
      expect(await t.reason('paused', 'Ready', 'Paused')).toMatchObject({ status: 'Unknown' });
      expect((await t.read('paused'))?.status?.tenantId).toBeUndefined();
      expect(await world().kube.read(namespaces, { name: 'tenant-paused' })).toBeUndefined();
      await t.apply('paused', {});
      await t.ready('paused');
      await t.apply('paused', { displayName: 'Later' }, { 'platform.legendops.io/paused': 'true' });
      await t.reason('paused', 'Ready', 'Paused');
      expect((await t.registryRows('paused'))[0]?.display_name).toBe('Northwind IT');
      await t.apply('paused', { displayName: 'Later' });
      await t.ready('paused');
    });
  });
};
