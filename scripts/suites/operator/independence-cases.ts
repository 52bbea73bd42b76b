import { afterEach, describe, expect, test } from 'vitest';
import { tenants } from '@legendops/tenant-operator/api/tenant';
import { cronJobs, limitRanges } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { rotate, type InWorld } from './tenants-in-world.ts';

/** What is wrong in one step holds up none that does not need it. */
export const independenceCases = (world: () => World, t: InWorld): void => {
  const schedule = async (name: string): Promise<unknown> =>
    (await world().kube.read(cronJobs, { name: 'usage-sync', namespace: `tenant-${name}` }))?.spec.schedule;
  const follows = async (name: string): Promise<void> => {
    await t.usesSlot(name, 'b');
    await eventually(`${name} has its schedule`, async () => (await schedule(name)) === '5 5 * * *');
  };
  const wanted = (changes: object) => ({
    billing: { currency: 'USD', usageSync: { schedule: '5 5 * * *' } },
    ...changes,
  });

  describe('a step that cannot be done', () => {
    afterEach(async () => {
      for (const name of ['portal_db', 'auth_db', 'catalog_db'] as const) await world().databases.admit(name, true);
    });

    test.each(['auth_db', 'catalog_db', 'portal_db'] as const)(
      'while %s is down: the password still changes, and the CronJobs follow',
      async (database) => {
        const name = `without-${database.replace('_db', '')}`;
        await t.apply(name, {});
        const tenantId = (await t.ready(name)).status?.tenantId ?? '';
        await world().databases.admit(database, false);
        await t.apply(name, wanted({}), rotate('1'));
        const { message } = await t.reason(name, 'Registered', 'TemporaryFailure');
        expect(message).toContain(`The database ${database} failed`);
        await follows(name);
        expect(await t.logIn(await t.databaseSecret(name))).toBe(tenantId);
        await world().databases.admit(database, true);
        await t.ready(name);
      },
    );

    test('while portal_db is down, a status that somebody forged leads to no other tenant’s login', async () => {
      await t.apply('robbed', {});
      const victim = (await t.ready('robbed')).status?.tenantId ?? '';
      await t.apply('robber', {});
      const own = (await t.ready('robber')).status?.tenantId ?? '';
      await world().databases.admit('portal_db', false);
      await world().kube.mergePatch(
        tenants,
        { name: 'robber' },
        { status: { tenantId: victim } },
        { subresource: 'status' },
      );
      await t.apply('robber', wanted({}), rotate('1'));
      await t.reason('robber', 'Registered', 'TemporaryFailure');
      expect(await t.logIn(await t.databaseSecret('robber'))).toBe(own);
      await world().databases.admit('portal_db', true);
      await t.ready('robber');
      expect((await t.read('robber'))?.status?.tenantId).toBe(own);
      expect(await t.logIn(await t.databaseSecret('robber'))).toBe(own);
    });

    test('a directory of another tenant: all else is done, and it is suspended when that is wanted', async () => {
      const directories = ['aaaaaaaa-0000-4000-8000-000000000002'];
      await t.apply('dir-owner', { directories });
      await t.ready('dir-owner');
      await t.apply('dir-greedy', {});
      await t.ready('dir-greedy');
      await t.apply('dir-greedy', wanted({ directories, state: 'Suspended' }), rotate('1'));
      await t.reason('dir-greedy', 'Registered', 'DirectoryTaken');
      await follows('dir-greedy');
      expect(t.conditionOf(await t.read('dir-greedy'), 'BillingReady')?.status).toBe('True');
      const job = await world().kube.read(cronJobs, { name: 'usage-sync', namespace: 'tenant-dir-greedy' });
      expect(job?.spec.suspend).toBe(true);
    });

    test('an object that somebody fights over: password and CronJobs go on', async () => {
      await t.apply('fought', {});
      await t.ready('fought');
      const key = { name: 'tenant', namespace: 'tenant-fought' };
      const limits = { spec: { limits: [{ type: 'Container', default: { cpu: '4' } }] } };
      const fight = async (): Promise<boolean> => {
        await world().kube.mergePatch(limitRanges, key, limits);
        return t.conditionOf(await t.read('fought'), 'NamespaceReady')?.reason === 'ContestedObject';
      };
      await eventually('the operator gives way', fight, { withinMs: 30_000 });
      await t.apply('fought', wanted({}), rotate('1'));
      await follows('fought');
    });
  });
};
