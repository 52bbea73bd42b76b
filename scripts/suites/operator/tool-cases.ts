import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { annotations } from '@legendops/tenant-operator/api/tenant';
import type { Tenant } from '@legendops/tenant-operator/api/tenant';
import { canonicalQuantity } from '@legendops/tenant-operator/api/quantity';
import { resourceQuotas } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import { isWrite } from './external-writes.ts';
import type { World } from './operator-world.ts';
import { databases } from '../../local/suite-databases.ts';
import type { InWorld } from './tenants-in-world.ts';

type Progress = 'Current' | 'InProgress' | 'Failed' | 'Terminating';

/** What kstatus, and with it `helm --wait`, Flux and Argo CD, take a resource of a kind that they do not know for. */
const progressOf = ({ metadata, status }: Tenant): Progress => {
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  const { observedGeneration, conditions = [] } = status ?? {};
  if (observedGeneration !== undefined && observedGeneration !== metadata.generation) return 'InProgress';
  const holds = (type: string): boolean => conditions.some((one) => one.type === type && one.status === 'True');
  if (holds('Reconciling')) return 'InProgress';
  if (holds('Stalled')) return 'Failed';
  const ready = conditions.find(({ type }) => type === 'Ready');
  return ready && ready.status !== 'True' ? 'InProgress' : 'Current';
};

export const toolCases = (world: () => World, t: InWorld): void => {
  const progress = async (name: string): Promise<Progress | undefined> => {
    const tenant = await t.read(name);
    return tenant && progressOf(tenant);
  };
  const comesTo = (name: string, wanted: Progress) =>
    eventually(`${name} is ${wanted}`, async () => (await progress(name)) === wanted);

  describe('tools that wait for a Tenant', () => {
    afterEach(async () => {
      for (const name of databases) await world().databases.admit(name, true);
    });
    afterAll(async () => {
      await world().restartOperator();
    });

    test('wait before the operator has looked at it, and at each change of it', async () => {
      await world().stopOperator();
      await t.apply('awaited', {});
      expect(await progress('awaited')).toBe('InProgress');
      await world().restartOperator();
      await comesTo('awaited', 'Current');
      await world().stopOperator();
      await t.apply('awaited', { displayName: 'Another' });
      expect(await progress('awaited')).toBe('InProgress');
      await world().restartOperator();
      await comesTo('awaited', 'Current');
    });

    test('hear of what no waiting mends, and of its end', async () => {
      await t.apply('awaited-zone', { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } });
      await comesTo('awaited-zone', 'Failed');
      const stalled = t.conditionOf(await t.read('awaited-zone'), 'Stalled');
      expect(stalled).toMatchObject({
        reason: 'UnknownTimeZone',
        message: expect.stringContaining('BillingReady: spec'),
      });
      await t.apply('awaited-zone', {});
      await comesTo('awaited-zone', 'Current');
      expect((await t.read('awaited-zone'))?.status?.conditions?.map(({ type }) => type)).not.toContain('Stalled');
      await t.apply('awaited-zone', {}, { [annotations.adopt]: 'not an id', [annotations.paused]: 'true' });
      await comesTo('awaited-zone', 'InProgress');
      // One that is paused is not removed either.
      await t.apply('awaited-zone', {});
      await comesTo('awaited-zone', 'Current');
    });

    test('wait for what passes by itself', async () => {
      await t.created('awaited-database');
      await world().databases.admit('catalog_db', false);
      await t.apply('awaited-database', { displayName: 'Another' });
      await t.reason('awaited-database', 'Registered', 'TemporaryFailure');
      expect(await progress('awaited-database')).toBe('InProgress');
      expect(t.conditionOf(await t.read('awaited-database'), 'Reconciling')).toMatchObject({ status: 'True' });
      await world().databases.admit('catalog_db', true);
      await comesTo('awaited-database', 'Current');
    });

    test('see that it is being removed', async () => {
      await t.created('awaited-end');
      await world().stopOperator();
      await t.remove('awaited-end');
      expect(await progress('awaited-end')).toBe('Terminating');
      await world().restartOperator();
      await t.gone('awaited-end');
    });
  });

  describe('quantities are taken as Kubernetes takes them', () => {
    test('in a quota, spelled as the server keeps them, and never written again', async () => {
      const quantities: [cpu: string | number, memory: string | number][] = [
        [2, '2G'],
        ['0.5', '2147483648'],
        ['.5', '1.5Gi'],
        ['1500m', '0.5Gi'],
        ['2000000u', '0.3Gi'],
        ['1e1', '1e9'],
        ['+3', '2000M'],
        ['1.50', 1_073_741_824],
      ];
      await t.removeAll();
      const nameOf = (index: number): string => `takes-${index}`;
      for (const [index, [cpu, memory]] of quantities.entries())
        await t.apply(nameOf(index), { namespace: { quota: { cpu, memory } } });
      for (const [index, [cpu, memory]] of quantities.entries()) {
        const name = nameOf(index);
        await t.ready(name);
        await t.reason(name, 'IntegrationsReady', 'NotConnected');
        const quota = await world().kube.read(resourceQuotas, { name: 'tenant', namespace: `tenant-${name}` });
        expect(quota?.spec).toMatchObject({
          hard: { 'limits.cpu': canonicalQuantity(String(cpu)), 'limits.memory': canonicalQuantity(String(memory)) },
        });
      }
      const { all } = (await world().restartOperator({ fullPassMs: 3_600_000 })).writes;
      await eventually('every tenant was looked at', async () => all.length >= quantities.length);
      await world().operator().rest();
      expect(all.filter(isWrite)).toEqual([]);
      await world().restartOperator();
    });

    test.each([['0'], ['0.0'], ['-1'], ['1 Gi'], ['Gi'], ['1Qi'], ['1e'], [0], [-1], [0.5], [true]])(
      '%s is refused at the door',
      async (cpu) => {
        await expect(t.apply('takes-not', { namespace: { quota: { cpu } } })).rejects.toThrow(
          'spec.namespace.quota.cpu',
        );
      },
    );
  });
};
