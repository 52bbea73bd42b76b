import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namespaces } from '@legendops/tenant-operator/phases/resources';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';
import { until } from './tenants-in-world.ts';

// After the finalizer, in the registry, in the namespace, after the logins, with a pending secret, before the last status.
const killPoints = [1, 2, 5, 8, 12, 14, 15, 16, 17, 18, 20, 21];

export const crashCases = (world: () => World, t: InWorld): void => {
  /** Everything else is at rest, so that the writes that count are those of the tenant in question. */
  const dieAfter = async (count: number, act: () => Promise<unknown>): Promise<void> => {
    const operator = await world().restartOperator({ fullPassMs: 3_600_000 });
    await until('it is at rest', async () => {
      const before = operator.writes.all.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return operator.writes.all.length === before;
    });
    let seen = 0;
    const { length } = operator.writes.all;
    operator.writes.killAfter(count);
    await act();
    await until(`it died after ${count} writes`, async () => {
      seen = operator.writes.all.length - length;
      return operator.writes.killed;
    }).catch(() => {
      throw new Error(`It wrote ${seen} times only: ${operator.writes.all.slice(length).join(' ')}`);
    });
    await world().restartOperator();
  };

  describe('an operator that dies', () => {
    beforeAll(() => t.removeAll());
    afterAll(async () => {
      await world().restartOperator();
    });

    test.each(killPoints)('after write %i of a creation: the next one ends it', async (count) => {
      const name = `crash-${count}`;
      await dieAfter(count, () => t.apply(name, {}));
      const tenantId = (await t.ready(name)).status?.tenantId ?? '';
      const rows = await t.registryRows(name);
      expect(rows.map((row) => [row?.id, row?.state])).toEqual(rows.map(() => [tenantId, 'active']));
      expect(await t.logIn(await t.databaseSecret(name))).toBe(tenantId);
      expect(await t.openSlots(tenantId)).toEqual(['a']);
      expect(t.vaultSecret(tenantId)?.versions).toHaveLength(1);
    });

    test.each(killPoints.filter((_, index) => index % 2 === 0))(
      'after write %i of a creation that is then undone: nothing is left',
      async (count) => {
        const name = `undone-${count}`;
        await dieAfter(count, async () => {
          await t.apply(name, { deletionPolicy: 'Delete' });
        });
        await t.remove(name);
        await t.gone(name);
        expect(await t.registryRows(name)).toEqual([undefined, undefined, undefined, undefined]);
        expect(await world().kube.read(namespaces, { name: `tenant-${name}` })).toBeUndefined();
        const orphans = await world().databases.query(
          'billing_db',
          `select rolname from pg_roles where rolname ~ '^t_[0-9a-f]{32}_[ab]$' and not exists
           (select from app.tenants where replace(id::text, '-', '') = substr(rolname, 3, 32))`,
        );
        expect(orphans).toEqual([]);
      },
    );

    test.each([1, 2, 3, 4])(
      'after write %i of a rotation: one login works, and the next one ends it',
      async (count) => {
        const name = `crash-rotation-${count}`;
        await t.apply(name, {});
        const tenantId = (await t.ready(name)).status?.tenantId ?? '';
        await dieAfter(count, () => t.apply(name, {}, { 'platform.legendops.io/rotate': '1' }));
        expect(await t.logIn(await t.databaseSecret(name))).toBe(tenantId);
        await until('slot b is in use', async () => (await t.read(name))?.status?.database?.activeSlot === 'b');
        expect(await t.logIn(await t.databaseSecret(name))).toBe(tenantId);
        expect(t.vaultSecret(tenantId)?.versions).toHaveLength(2);
      },
    );

    test.each([1, 3, 5, 7, 9])('after write %i of a deletion: the next one ends it', async (count) => {
      const name = `crash-deletion-${count}`;
      await t.apply(name, { deletionPolicy: 'Delete' });
      const tenantId = (await t.ready(name)).status?.tenantId ?? '';
      await dieAfter(count, () => t.remove(name));
      await t.gone(name);
      expect(await t.registryRows(name)).toEqual([undefined, undefined, undefined, undefined]);
      expect(await t.roles(tenantId)).toEqual([]);
      expect(t.vaultSecret(tenantId)?.deletedAt).toBeDefined();
    });
  });
};
