import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { eventually } from '@legendops/kit/testing/eventually';
import { kubectlCommand, runCommand } from '../../kubernetes/testing/cluster.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

type Told = KubeObject & { type: string; reason: string; message: string; series?: { count: number } };

/** As `kubectl describe` reads them: the core group's view of what is written through events.k8s.io. */
const events: Resource<Told> = { apiVersion: 'v1', kind: 'Event', plural: 'events', namespaced: true };

export const eventCases = (world: () => World, t: InWorld): void => {
  const told = async (name: string): Promise<Told[]> => toldOf((await t.read(name))?.metadata.uid ?? '');
  const toldOf = async (uid: string): Promise<Told[]> => {
    const { items } = await world().kube.list(events, { fieldSelector: `involvedObject.uid=${uid}` }, 'default');
    return items;
  };
  const words = async (name: string): Promise<string[]> =>
    (await told(name)).map(({ type, reason }) => `${type} ${reason}`).sort();

  describe('events', () => {
    test('tell once that a tenant is ready, and never a secret', async () => {
      await t.apply('told', {});
      await t.ready('told');
      await eventually('it is told', async () => (await words('told')).length > 0);
      expect(await words('told')).toEqual(['Normal Ready']);
      const { password } = await t.databaseSecret('told');
      expect(JSON.stringify(await told('told'))).not.toContain(password);
    });

    test('tell what is wrong and when it is right again, and count up what comes back', async () => {
      await t.apply('flaps', { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } });
      await t.reason('flaps', 'BillingReady', 'UnknownTimeZone');
      await t.apply('flaps', {});
      await t.ready('flaps');
      await t.apply('flaps', { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } });
      await t.reason('flaps', 'BillingReady', 'UnknownTimeZone');
      const warning = await eventually('it is counted', async () =>
        (await told('flaps')).find(({ reason, series }) => reason === 'UnknownTimeZone' && series),
      );
      expect(warning).toMatchObject({
        type: 'Warning',
        message: expect.stringContaining('Not BillingReady: spec.billing.timeZone: there is no time zone Mars/Olympus'),
        series: { count: 2 },
      });
    });

    test('are left of a tenant whose data is kept, and say how to take it over', async () => {
      const tenantId = await t.created('kept');
      const uid = (await t.read('kept'))?.metadata.uid ?? '';
      await t.remove('kept');
      await t.gone('kept');
      const kept = await eventually('it is told', async () =>
        (await toldOf(uid)).find(({ reason }) => reason === 'Retained'),
      );
      expect(kept).toMatchObject({ type: 'Normal', message: expect.stringContaining(`adopt=${tenantId}`) });
      const gone = await t.created('not-kept', { deletionPolicy: 'Delete' });
      const goneUid = (await t.read('not-kept'))?.metadata.uid ?? '';
      await t.remove('not-kept');
      await t.gone('not-kept');
      await world().operator().rest();
      expect(JSON.stringify(await toldOf(goneUid))).not.toContain(`adopt=${gone}`);
    });

    test.runIf(kubectlCommand())('are seen by kubectl describe tenant', async () => {
      await t.apply('described', {});
      await t.ready('described');
      const kubeconfig = join(world().directory, 'kubeconfig');
      await writeFile(kubeconfig, world().kubeconfig);
      const describeTenant = ['--kubeconfig', kubeconfig, 'describe', 'tenant', 'described'];
      const text = await eventually('it tells of readiness', async () => {
        const { stdout } = await runCommand([...(kubectlCommand() ?? []), ...describeTenant]);
        return /Normal +Ready/.test(stdout) && stdout;
      });
      expect(text).toMatch(/Normal +Ready .*platform\.legendops\.io\/legendops-tenant-operator/);
    });
  });
};
