import { beforeAll, describe, expect, test } from 'vitest';
import { isWrite } from './external-writes.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

export const steadinessCases = (world: () => World, t: InWorld): void => {
  const footprint = async (name: string) => ({
    registry: await t.registryRows(name),
    resourceVersion: (await t.read(name))?.metadata.resourceVersion,
    vaults: Object.values(world().vault.vaults).map((vault) => ({ ...vault.writes() })),
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
      await world().operator().rest();
      const operator = await world().restartOperator();
      await t.passes([name]);
      const before = await footprint(name);
      const first = operator.writes.all.length;
      await t.passes([name], 3);
      expect(operator.writes.all.slice(first).filter(isWrite)).toEqual([]);
      expect(operator.writes.all.length).toBeGreaterThan(first);
      expect(await footprint(name)).toEqual(before);
    });

    test('the same spec applied again writes nothing', async () => {
      await t.apply('again', {});
      await t.ready('again');
      await world().operator().rest();
      const before = await footprint('again');
      const writes = world().operator().writes.all;
      const first = writes.length;
      await t.apply('again', {});
      await t.passes(['again']);
      expect(writes.slice(first).filter(isWrite)).toEqual([]);
      expect(await footprint('again')).toEqual(before);
    });
  });
};
