import { describe, expect, test } from 'vitest';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { annotations, hexOf, tenants } from '@legendops/tenant-operator/api/tenant';
import { cronJobs, jobs, namespaces } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

export const deletionCases = (world: () => World, t: InWorld): void => {
  const states = async (name: string) => (await t.registryRows(name)).map((row) => row?.state);
  const deleted = async (name: string): Promise<void> => {
    await t.remove(name);
    await t.gone(name);
  };
  const vendorSecret = (tenantId: string) => `tenant-${hexOf(tenantId)}-pax8`;
  const ticketSecret = (tenantId: string) => `tenant-${hexOf(tenantId)}-superops`;
  const kept = (writer: 'billing' | 'portal') => world().vault.vaults[writer].secrets;

  describe('deleting a tenant', () => {
    test('Retain keeps its rows and its secrets, closed, and removes everything else', async () => {
      const tenantId = await t.created('retain');
      kept('billing').set(vendorSecret(tenantId), { value: '{}', tags: { tenant: tenantId } });
      kept('portal').set(ticketSecret(tenantId), { value: '{}', tags: { tenant: tenantId } });
      const login = await t.databaseSecret('retain');
      await deleted('retain');
      expect(await states('retain')).toEqual(['retained', 'retained', 'retained', 'retained']);
      expect(await t.roles(tenantId)).toEqual([]);
      expect(await t.logIn(login)).toBe('28P01');
      expect(t.vaultSecret(tenantId)).toMatchObject({ versions: [{ enabled: false }] });
      expect(kept('billing').live(vendorSecret(tenantId)).versions).toMatchObject([{ enabled: false }]);
      expect(kept('portal').live(ticketSecret(tenantId)).versions).toMatchObject([{ enabled: false }]);
      expect(await world().kube.read(namespaces, { name: 'tenant-retain' })).toBeUndefined();
    });

    test('Delete removes its rows in every database and soft-deletes its secrets', async () => {
      const admins = [{ email: 'ada@northwind.example', name: 'Ada' }];
      const tenantId = await t.created('delete', { deletionPolicy: 'Delete', admins });
      kept('billing').set(vendorSecret(tenantId), { value: '{}', tags: { tenant: tenantId } });
      kept('portal').set(ticketSecret(tenantId), { value: '{}', tags: { tenant: tenantId } });
      await deleted('delete');
      expect(await t.registryRows('delete')).toEqual([undefined, undefined, undefined, undefined]);
      const left = await world().databases.query('auth_db', 'select id from auth.invitations where tenant_id = $1', [
        tenantId,
      ]);
      expect(left).toEqual([]);
      expect(await t.roles(tenantId)).toEqual([]);
      expect(t.vaultSecret(tenantId)?.deletedAt).toBeDefined();
      expect(kept('billing').deleted(vendorSecret(tenantId))).toBeDefined();
      expect(kept('portal').deleted(ticketSecret(tenantId))).toBeDefined();
    });

    test('a secret of somebody else under its name is left alone', async () => {
      const tenantId = await t.created('not-its-secret', { deletionPolicy: 'Delete' });
      const tags = { tenant: 'somebody' };
      kept('billing').set(vendorSecret(tenantId), { value: '{}', tags });
      await deleted('not-its-secret');
      expect(kept('billing').live(vendorSecret(tenantId)).versions).toMatchObject([{ enabled: true, tags }]);
    });

    test('another tenant keeps all it has', async () => {
      const stays = await t.created('stays');
      await t.created('stays-not', { deletionPolicy: 'Delete' });
      await deleted('stays-not');
      expect(await t.logIn(await t.databaseSecret('stays'))).toBe(stays);
      expect(await states('stays')).toEqual(['active', 'active', 'active', 'active']);
    });

    test('a tenant that never became ready goes as well', async () => {
      await t.apply('unready', { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } });
      await t.reason('unready', 'BillingReady', 'UnknownTimeZone');
      await deleted('unready');
      expect(await states('unready')).toEqual(['retained', 'retained', 'retained', 'retained']);
    });

    test('a job that runs loses its login at once, and goes with the namespace', async () => {
      await t.created('running');
      const at = (name: string) => ({ name, namespace: 'tenant-running' });
      const cronJob = await world().kube.read(cronJobs, at('usage-sync'));
      // No node takes its pod here: it stays active until somebody removes it.
      const template = cronJob?.spec.jobTemplate as { spec: object } | undefined;
      await world().kube.create<KubeObject>(jobs, { metadata: at('by-hand'), spec: template?.spec } as KubeObject);
      await eventually(
        'the job is active',
        async () => (await world().kube.read(jobs, at('by-hand')))?.status?.active === 1,
      );
      const login = await t.databaseSecret('running');
      await t.remove('running');
      await eventually('the login is closed', async () => (await t.logIn(login)).startsWith('28'));
      await t.gone('running');
      expect(await states('running')).toEqual(['retained', 'retained', 'retained', 'retained']);
      expect(await world().kube.read(jobs, at('by-hand'))).toBeUndefined();
    });

    test('a status that somebody forged does not lead to another tenant', async () => {
      const victim = await t.created('victim');
      await t.created('forger', { deletionPolicy: 'Delete' });
      await t.apply('forger', { deletionPolicy: 'Delete' }, { [annotations.paused]: 'true' });
      await world().kube.mergePatch(
        tenants,
        { name: 'forger' },
        { status: { tenantId: victim } },
        { subresource: 'status' },
      );
      await t.remove('forger');
      const unpause = { metadata: { annotations: { [annotations.paused]: null } } };
      await world().kube.mergePatch<KubeObject>(tenants, { name: 'forger' }, unpause);
      await t.gone('forger');
      expect(await t.logIn(await t.databaseSecret('victim'))).toBe(victim);
      expect(t.vaultSecret(victim)).toMatchObject({ versions: [{ enabled: true }] });
      expect(await states('victim')).toEqual(['active', 'active', 'active', 'active']);
      expect(await t.registryRows('forger')).toEqual([undefined, undefined, undefined, undefined]);
    });
  });

  describe('a name that somebody held', () => {
    test('is refused while it is retained, and taken over by who names its tenant', async () => {
      const tenantId = await t.created('comeback');
      kept('billing').set(vendorSecret(tenantId), {
        value: '{"clientId":"c"}',
        tags: { tenant: tenantId },
      });
      await deleted('comeback');
      await t.apply('comeback', { displayName: 'Back again' });
      const refused = await t.reason('comeback', 'Registered', 'NameTaken');
      expect(refused.message).toContain(`${annotations.adopt}=${tenantId}`);
      expect((await t.read('comeback'))?.status?.tenantId).toBeUndefined();
      await t.apply('comeback', { displayName: 'Back again' }, { [annotations.adopt]: tenantId });
      const adopted = await t.ready('comeback');
      expect(adopted.status?.tenantId).toBe(tenantId);
      expect(await states('comeback')).toEqual(['active', 'active', 'active', 'active']);
      expect(await t.logIn(await t.databaseSecret('comeback'))).toBe(tenantId);
      // The vendors' credentials open again with it.
      expect(kept('billing').live(vendorSecret(tenantId)).versions).toMatchObject([{ enabled: true }]);
    });

    test('is free at once after Delete, and the new tenant is another', async () => {
      const before = await t.created('phoenix', { deletionPolicy: 'Delete' });
      await deleted('phoenix');
      const after = await t.created('phoenix', { deletionPolicy: 'Delete' });
      expect(after).not.toBe(before);
      expect(await t.logIn(await t.databaseSecret('phoenix'))).toBe(after);
    });

    test('a refused tenant that goes away leaves the holder alone', async () => {
      const tenantId = await t.created('holder');
      await deleted('holder');
      await t.apply('holder', { deletionPolicy: 'Delete' });
      await t.reason('holder', 'Registered', 'NameTaken');
      await deleted('holder');
      expect((await t.registryRows('holder')).map((row) => row?.id)).toEqual([tenantId, tenantId, tenantId, tenantId]);
    });
  });
};
