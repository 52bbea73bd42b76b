import { afterEach, describe, expect, test } from 'vitest';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const hourMs = 3_600_000;
const events: Resource = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events', namespaced: true };

export const clockCases = (world: () => World, t: InWorld): void => {
  describe('with the operator’s clock', () => {
    afterEach(async () => {
      world().clock.aheadMs = 0;
      world().clock.skewMs = 0;
      await world().restartOperator();
    });

    test.each([
      ['ahead of', 2 * hourMs],
      ['behind', -2 * hourMs],
    ])('two hours %s the database’s, an hourly rotation is due each hour', async (side, skewMs) => {
      world().clock.skewMs = skewMs;
      const name = `skewed-${side.replaceAll(' ', '-')}`;
      const operator = await world().restartOperator();
      await t.apply(name, { credentials: { rotateEvery: '1h', grace: '1m' } });
      const tenantId = (await t.ready(name)).status?.tenantId ?? '';
      const versions = () => t.vaultSecret(tenantId)?.versions.length;
      await t.passes([name], 3);
      expect(versions()).toBe(1);
      world().clock.aheadMs = 61 * 60_000;
      await t.usesSlot(name, 'b');
      await t.passes([name], 3);
      expect(versions()).toBe(2);
      expect(operator.logged.join()).toContain('our clock is not that of the database');
      await eventually('an event says so', async () =>
        (await world().kube.list<KubeObject & { note?: string }>(events, {}, 'default')).items.some(({ note }) =>
          note?.includes(`The operator's clock is ${side} the database's`),
        ),
      );
    });
  });
};
