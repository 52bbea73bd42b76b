import { beforeAll, describe, expect, test } from 'vitest';
import { startHealth } from '@legendops/operator-runtime/health/health-server';
import { operatorRegistries } from '@legendops/tenant-operator/metrics/registries';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const rounds = 4;
const atOnce = 6;

/** What keeps a process busy, by kind. */
const open = (kind: RegExp): number => process.getActiveResourcesInfo().filter((name) => kind.test(name)).length;

/** How many series of the operator a scrape finds. */
const seriesAt = async (port: number): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return text.split('\n').filter((line) => /^(legendops|controller|workqueue|reflector|rest)_/.test(line)).length;
};

export const churnCases = (world: () => World, t: InWorld): void => {
  describe('tenants that come and go', () => {
    beforeAll(() => t.removeAll());

    test('leave no socket, no timer and no series behind', async () => {
      const round = async (number: number): Promise<void> => {
        const names = Array.from({ length: atOnce }, (_, index) => `churn-${number}-${index}`);
        for (const name of names) await t.apply(name, { deletionPolicy: 'Delete' });
        for (const name of names) await t.ready(name);
        for (const name of names) await t.remove(name);
        for (const name of names) await t.gone(name);
        await world().operator().rest();
      };
      const health = await startHealth({
        port: 0,
        host: '127.0.0.1',
        live: () => true,
        ready: () => true,
        registries: operatorRegistries,
      });
      await round(0);
      const before = { sockets: open(/TCP|TLS/), timers: open(/Timeout/), series: await seriesAt(health.port) };
      for (let number = 1; number < rounds; number += 1) await round(number);
      await eventually('sockets and timers are as few as before', async () => {
        return open(/TCP|TLS/) <= before.sockets + 2 && open(/Timeout/) <= before.timers + 4;
      });
      // Outcomes that the first round did not see may still add a series; tenants must not.
      expect(await seriesAt(health.port)).toBeLessThan(before.series + (rounds - 1) * atOnce);
      expect(before.series).toBeGreaterThan(50);
      await health.close();
    });
  });
};
