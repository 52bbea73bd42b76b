import { afterEach, describe, expect, test } from 'vitest';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { annotations, hexOf, tenants } from '@legendops/tenant-operator/api/tenant';
import { claimOf } from '@legendops/tenant-operator/api/tenant-id';
import { ownerLabel } from '@legendops/tenant-operator/phases/namespace';
import { namespaces, secrets } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { rotate, type InWorld } from './tenants-in-world.ts';

/** What people do with kubectl and in the vault without meaning harm. */
export const mishapCases = (world: () => World, t: InWorld): void => {
  const claim = async (name: string): Promise<string | undefined> => {
    const tenant = await t.read(name);
    return tenant && claimOf(tenant);
  };

  describe('a mishap', () => {
    afterEach(() => {
      world().clock.aheadMs = 0;
    });

    test('a Tenant that was copied with all its annotations is a tenant of its own', async () => {
      const original = await t.created('original');
      const annotated = (await t.read('original'))?.metadata.annotations ?? {};
      await t.apply('copied', {}, annotated);
      const copy = (await t.ready('copied')).status?.tenantId;
      expect(copy).not.toBe(original);
      expect(await claim('copied')).toBe(copy);
      expect(await t.logIn(await t.databaseSecret('original'))).toBe(original);
    });

    test('a claim that somebody removed is set again', async () => {
      const tenantId = await t.created('unclaimed');
      const without: object = { metadata: { annotations: { [annotations.claim]: null } } };
      await world().kube.mergePatch<KubeObject>(tenants, { name: 'unclaimed' }, without);
      await eventually('it is claimed', async () => (await claim('unclaimed')) === tenantId);
    });

    test('a Secret that was made immutable: the next password waits, jobs go on, and removing it mends it', async () => {
      const tenantId = await t.created('immutable');
      const key = { name: 'database', namespace: 'tenant-immutable' };
      await world().kube.mergePatch<KubeObject>(secrets, key, { immutable: true });
      await t.apply('immutable', {}, rotate('1'));
      expect((await t.reason('immutable', 'SecretsReady', 'SecretRefused')).message).toContain('Remove it');
      expect(await t.logIn(await t.databaseSecret('immutable'))).toBe(tenantId);
      const secret = await world().kube.read(secrets, key);
      await world().kube.remove(secrets, key, { uid: secret?.metadata.uid ?? '' });
      await t.ready('immutable');
      expect((await t.read('immutable'))?.status?.database?.activeSlot).toBe('b');
      expect(await t.logIn(await t.databaseSecret('immutable'))).toBe(tenantId);
    });

    test('a vault secret that a person disabled stays disabled, and is said', async () => {
      const tenantId = await t.created('shut');
      const stored = world().vault.vault.secrets.live(`tenant-${hexOf(tenantId)}-database`);
      for (const version of stored.versions) version.enabled = false;
      await t.apply('shut', {}, rotate('1'));
      expect((await t.reason('shut', 'SecretsReady', 'SecretDisabled')).message).toContain('enable or remove it');
      expect(t.vaultSecret(tenantId)?.versions).toMatchObject([{ enabled: false }]);
      expect(await t.logIn(await t.databaseSecret('shut'))).toBe(tenantId);
      for (const version of stored.versions) version.enabled = true;
      await t.ready('shut');
    });

    test('a password that waited long before jobs got it leaves the old one its whole grace', async () => {
      const tenantId = await t.created('late');
      const old = await t.databaseSecret('late');
      const letGo = await t.holdLogins(tenantId);
      await t.apply('late', { credentials: { grace: '1h' } }, rotate('1'));
      await eventually('it is stored', async () => (t.vaultSecret(tenantId)?.versions.length ?? 0) === 2);
      world().clock.aheadMs = 2 * 3_600_000;
      await letGo();
      await t.ready('late');
      await t.usesSlot('late', 'b');
      expect(await t.logIn(old)).toBe(tenantId);
      world().clock.aheadMs = 3.1 * 3_600_000;
      await eventually('the old one is closed', async () => (await t.logIn(old)) === '28000');
    });

    test('a namespace that lost its mark stays when the tenant goes, and an event says so', async () => {
      await t.created('unmarked');
      const without: object = { metadata: { labels: { [ownerLabel]: null } } };
      await world().kube.mergePatch<KubeObject>(namespaces, { name: 'tenant-unmarked' }, without);
      await t.reason('unmarked', 'NamespaceReady', 'NamespaceTaken');
      await t.remove('unmarked');
      await t.gone('unmarked');
      expect(await world().kube.read(namespaces, { name: 'tenant-unmarked' })).toBeDefined();
      await eventually('it is said', async () => {
        const events = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events', namespaced: true };
        const { items } = await world().kube.list<KubeObject & { reason?: string; regarding?: { name?: string } }>(
          events,
          {},
          'default',
        );
        return items.some(({ reason, regarding }) => reason === 'NamespaceLeft' && regarding?.name === 'unmarked');
      });
    });
  });
};
