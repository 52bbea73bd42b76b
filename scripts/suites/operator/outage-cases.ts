import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hexOf } from '@legendops/tenant-operator/api/tenant';
import { networkPolicies } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { databases } from '../../local/suite-databases.ts';
import { rotate, type InWorld } from './tenants-in-world.ts';
import { pause } from './waiting.ts';

export const outageCases = (world: () => World, t: InWorld): void => {
  const admitToAll = async (isOpen: boolean): Promise<void> => {
    for (const name of databases) await world().databases.admit(name, isOpen);
  };
  const failuresOf = (name: string): number =>
    world()
      .operator()
      .logged.filter((line) => line.includes('reconciliation failed') && line.includes(`"tenant":"${name}"`)).length;

  describe('while a dependency is down', () => {
    beforeAll(async () => {
      await t.removeAll();
      await world().restartOperator({ fullPassMs: 3_600_000 });
    });
    afterEach(() => world().vault.vault.faults.clear());
    afterAll(async () => {
      await world().restartOperator();
    });

    test('PostgreSQL: namespaces are still kept in order, nobody asks in a loop, and all comes right after', async () => {
      const names = ['sql-0', 'sql-1', 'sql-2'];
      for (const name of names) await t.apply(name, {});
      const ids = [];
      for (const name of names) ids.push((await t.ready(name)).status?.tenantId);
      await admitToAll(false);
      await t.apply('sql-new', {});
      for (const name of names) await t.apply(name, { displayName: 'Changed' });
      const policy = { name: 'tenant', namespace: 'tenant-sql-0' };
      const found = await world().kube.read(networkPolicies, policy);
      await world().kube.remove(networkPolicies, policy, { uid: found?.metadata.uid ?? '' });
      await eventually('the policy is back', () => world().kube.read(networkPolicies, policy));
      const { message } = await t.reason('sql-0', 'Registered', 'TemporaryFailure');
      expect(message).toContain('failed and is tried again');
      // The status still says who it is, and nothing of what nobody could look at.
      const tenant = await t.read('sql-0');
      expect(tenant?.status?.tenantId).toBe(ids[0]);
      expect(t.conditionOf(tenant, 'DatabaseReady')?.status).toBe('Unknown');
      await pause(3_000);
      for (const name of [...names, 'sql-new']) expect(failuresOf(name)).toBeLessThanOrEqual(13);
      await admitToAll(true);
      for (const name of [...names, 'sql-new']) await t.ready(name);
      const displayNames = await Promise.all(names.map(async (name) => (await t.registryRows(name))[0]?.display_name));
      expect(displayNames).toEqual(['Changed', 'Changed', 'Changed']);
    });

    test('the vault hangs: it holds nobody’s worker for ever', async () => {
      world().vault.vault.faults.add([{ match: { path: '^/secrets/' }, fault: { delayMs: 600_000 } }]);
      for (let index = 0; index < 5; index += 1) await t.apply(`hang-${index}`, {});
      await t.reason('hang-4', 'SecretsReady', 'TemporaryFailure', 60_000);
      world().vault.vault.faults.clear();
      await t.ready('hang-0');
    }, 90_000);

    test('the vault throttles everybody: nobody asks in a loop, and all comes right after', async () => {
      const throttled = {
        status: 429,
        headers: { 'retry-after': '0' },
        body: { error: { code: 'Throttled', message: 'x' } },
      };
      world().vault.vault.faults.add([{ match: { path: '^/secrets/' }, fault: throttled }]);
      for (const name of ['storm-0', 'storm-1', 'storm-2']) await t.apply(name, {});
      await t.reason('storm-2', 'SecretsReady', 'TemporaryFailure');
      await pause(2_000);
      for (const name of ['storm-0', 'storm-1', 'storm-2']) expect(failuresOf(name)).toBeLessThanOrEqual(13);
      world().vault.vault.faults.clear();
      for (const name of ['storm-0', 'storm-1', 'storm-2']) await t.ready(name);
    });
  });

  describe('one tenant that hangs', () => {
    const others = ['other-0', 'other-1', 'other-2', 'other-3', 'other-4', 'other-5'];
    const bringUpOthers = async (prefix: string): Promise<void> => {
      for (const name of others) await t.apply(`${prefix}-${name}`, {});
      for (const name of others) await t.ready(`${prefix}-${name}`);
    };

    test('in the vault does not keep the others from getting ready', async () => {
      await t.apply('hangs', {});
      const tenantId = (await t.ready('hangs')).status?.tenantId ?? '';
      world().vault.vault.faults.add([{ match: { path: `tenant-${hexOf(tenantId)}` }, fault: { delayMs: 600_000 } }]);
      await t.apply('hangs', {}, rotate('1'));
      await bringUpOthers('vault');
      expect((await t.read('hangs'))?.status?.database?.activeSlot).toBe('a');
      expect(await t.logIn(await t.databaseSecret('hangs'))).toBe(tenantId);
      world().vault.vault.faults.clear();
      await t.usesSlot('hangs', 'b', 40_000);
    });

    test('in PostgreSQL does not keep the others from getting ready', async () => {
      await t.apply('locked', {});
      const tenantId = (await t.ready('locked')).status?.tenantId ?? '';
      const letGo = await t.holdLogins(tenantId);
      await t.apply('locked', {}, rotate('1'));
      await bringUpOthers('sql');
      expect((await t.read('locked'))?.status?.database?.activeSlot).toBe('a');
      expect(await t.logIn(await t.databaseSecret('locked'))).toBe(tenantId);
      await letGo();
      await t.usesSlot('locked', 'b', 40_000);
    });
  });
};
