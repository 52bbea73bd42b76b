import { afterEach, describe, expect, test } from 'vitest';
import { hexOf } from '@legendops/tenant-operator/api/tenant';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { rotate, type InWorld } from './tenants-in-world.ts';

export const credentialCases = (world: () => World, t: InWorld): void => {
  afterEach(() => {
    world().clock.aheadMs = 0;
    world().vault.vault.faults.clear();
  });

  describe('rotation', () => {
    test('by annotation: the old login works through the grace and is closed after it', async () => {
      await t.apply('rotate', {});
      const tenantId = (await t.ready('rotate')).status?.tenantId ?? '';
      const old = await t.databaseSecret('rotate');
      await t.apply('rotate', {}, rotate('1'));
      await t.usesSlot('rotate', 'b');
      const fresh = await t.databaseSecret('rotate');
      expect([old.username?.at(-1), fresh.username?.at(-1)]).toEqual(['a', 'b']);
      expect([await t.logIn(old), await t.logIn(fresh)]).toEqual([tenantId, tenantId]);
      expect(t.vaultSecret(tenantId)?.versions.at(-1)?.tags).toMatchObject({ slot: 'b', state: 'current' });
      world().clock.aheadMs = 61 * 60_000;
      await eventually('the old login is closed', async () => (await t.logIn(old)) === '28000');
      expect(await t.logIn(fresh)).toBe(tenantId);
    });

    test('the same request rotates once, another one again, and a login works at every moment', async () => {
      await t.apply('twice', {});
      const tenantId = (await t.ready('twice')).status?.tenantId ?? '';
      let failures = 0;
      let attempts = 0;
      const stop = new AbortController();
      const load = (async () => {
        while (!stop.signal.aborted) {
          attempts += 1;
          if ((await t.logIn(await t.databaseSecret('twice'))) !== tenantId) failures += 1;
        }
      })();
      for (const [request, slot] of [
        ['1', 'b'],
        ['2', 'a'],
        ['3', 'b'],
      ] as const) {
        await t.apply('twice', {}, rotate(request));
        await t.usesSlot('twice', slot);
      }
      stop.abort();
      await load;
      expect(attempts).toBeGreaterThan(5);
      expect(failures).toBe(0);
      expect(t.vaultSecret(tenantId)?.versions).toHaveLength(4);
    });

    test('by age', async () => {
      await t.apply('aged', { credentials: { rotateEvery: '2h' } });
      await t.ready('aged');
      world().clock.aheadMs = 119 * 60_000;
      await t.passes(['aged']);
      expect((await t.read('aged'))?.status?.database?.activeSlot).toBe('a');
      world().clock.aheadMs = 121 * 60_000;
      await t.usesSlot('aged', 'b');
    });
  });

  describe('the vault', () => {
    test.each([
      ['does not answer', { dropConnection: 'before' }],
      ['answers 500', { status: 500, body: { error: { code: 'InternalServerError', message: 'x' } } }],
      [
        'is forbidden',
        { status: 403, body: { error: { code: 'Forbidden', message: 'x', innererror: { code: 'ForbiddenByRbac' } } } },
      ],
    ] as const)('%s: other steps go on, the condition says so, and it recovers', async (what, fault) => {
      const name = `vault-${what.replaceAll(' ', '-')}`;
      world().vault.vault.faults.add([{ match: { path: '^/secrets/' }, fault }]);
      await t.apply(name, {});
      const condition = await t.reason(name, 'SecretsReady', 'TemporaryFailure');
      expect(condition).toMatchObject({ status: 'False', message: expect.stringContaining('vault') });
      await t.reason(name, 'BillingReady', 'CronJobsReady');
      expect(t.conditionOf(await t.read(name), 'NamespaceReady')?.status).toBe('True');
      world().vault.vault.faults.clear();
      await t.ready(name);
    });

    test('a password that was stored although its reply was lost leaves one credential', async () => {
      world().vault.vault.faults.add([
        { match: { method: 'PUT', path: '^/secrets/', count: 1 }, fault: { dropConnection: 'after' } },
      ]);
      await t.apply('lost-reply', {});
      const { status } = await t.ready('lost-reply');
      expect(await t.logIn(await t.databaseSecret('lost-reply'))).toBe(status?.tenantId);
      expect(await t.openSlots(status?.tenantId ?? '')).toEqual(['a']);
    });

    test('a secret of somebody else is neither read nor overwritten', async () => {
      await t.apply('taken', {}, { 'platform.legendops.io/paused': 'true' });
      await t.apply('taken', {});
      const tenantId = (await t.ready('taken')).status?.tenantId ?? '';
      const name = `tenant-${hexOf(tenantId)}-database`;
      world().vault.vault.secrets.set(name, { value: 'theirs', tags: { tenant: 'somebody' } });
      const condition = await t.reason('taken', 'SecretsReady', 'SecretTaken');
      expect(condition.message).toContain(name);
      expect((await t.databaseSecret('taken')).password).not.toBe('theirs');
    });
  });
};
