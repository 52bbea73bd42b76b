import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { cronJobs } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import { kubectlCommand, runCommand } from '../../kubernetes/testing/cluster.ts';
import { isWrite } from './external-writes.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

// To come: their controller does not look for starts that were missed since.
const night = (day: number, minute: number): string => `2099-03-0${day}T04:${minute}:00Z`;

/** What the platform team must know shows where it looks. */
export const attentionCases = (world: () => World, t: InWorld): void => {
  /** As the controller of CronJobs writes it. */
  const ran = (tenant: string, job: string, status: object) =>
    world().kube.mergePatch<KubeObject>(
      cronJobs,
      { name: job, namespace: `tenant-${tenant}` },
      { status },
      { subresource: 'status' },
    );
  const listed = async (): Promise<string> => {
    const kubeconfig = join(world().directory, 'kubeconfig-of-attention');
    await writeFile(kubeconfig, world().kubeconfig);
    const { stdout } = await runCommand([...(kubectlCommand() ?? []), '--kubeconfig', kubeconfig, 'get', 'tenants']);
    return stdout;
  };

  describe('a job that fails night after night', () => {
    test('is told by a condition that gates nothing, once, until it succeeds', async () => {
      await t.created('nightly');
      expect(t.conditionOf(await t.read('nightly'), 'JobsSucceeding')).toMatchObject({ reason: 'Succeeding' });
      await ran('nightly', 'usage-sync', { lastScheduleTime: night(1, 17), lastSuccessfulTime: night(1, 20) });
      await ran('nightly', 'usage-sync', { lastScheduleTime: night(2, 17) });
      const failing = await t.reason('nightly', 'JobsSucceeding', 'UsageSyncFailing');
      expect(failing.message).toContain(`usage-sync has not succeeded since ${night(1, 20)}`);
      expect(failing.message).toContain('kubectl -n tenant-nightly get jobs');
      expect(t.conditionOf(await t.read('nightly'), 'Ready')?.status).toBe('True');
      await t.reason('nightly', 'IntegrationsReady', 'NotConnected');
      await world().operator().rest();
      const before = (await t.read('nightly'))?.metadata.resourceVersion;
      const { all } = world().operator().writes;
      const first = all.length;
      for (const day of [3, 4, 5]) await ran('nightly', 'usage-sync', { lastScheduleTime: night(day, 17) });
      await world().operator().rest();
      expect(all.slice(first).filter(isWrite)).toEqual([]);
      expect((await t.read('nightly'))?.metadata.resourceVersion).toBe(before);
      await ran('nightly', 'usage-sync', { lastSuccessfulTime: night(5, 30) });
      await t.reason('nightly', 'JobsSucceeding', 'Succeeding');
    });

    test('and one that is restarted over: a new operator sees it, too', async () => {
      await t.created('nightly-again');
      await ran('nightly-again', 'reconcile', { lastScheduleTime: night(1, 17) });
      await t.reason('nightly-again', 'JobsSucceeding', 'ReconcileFailing');
      await ran('nightly-again', 'invoice-run', { lastScheduleTime: night(1, 17) });
      const { message } = await t.reason('nightly-again', 'JobsSucceeding', 'SeveralFailing');
      expect(message).toContain('invoice-run has never succeeded, reconcile has never succeeded');
      await world().stopOperator();
      await ran('nightly-again', 'invoice-run', { lastSuccessfulTime: night(1, 20) });
      await world().restartOperator();
      await t.reason('nightly-again', 'JobsSucceeding', 'ReconcileFailing');
    });

    test.runIf(kubectlCommand())('shows in kubectl get tenants, with the connections', async () => {
      await t.created('in-the-list');
      await ran('in-the-list', 'usage-sync', { lastScheduleTime: night(1, 17) });
      await t.reason('in-the-list', 'JobsSucceeding', 'UsageSyncFailing');
      await t.reason('in-the-list', 'IntegrationsReady', 'NotConnected');
      const line = await eventually('it is listed', async () =>
        (await listed()).split('\n').find((row) => row.startsWith('in-the-list')),
      );
      expect(line).toMatch(/True +Ready +UsageSyncFailing +NotConnected/);
    });
  });

  describe('the connections of a tenant whose registration had to wait', () => {
    test('are told as soon as it is registered, and not as waiting', async () => {
      const directories = ['aaaaaaaa-0000-4000-8000-000000000013'];
      const somebody = '01980000-0000-7000-8000-000000000013';
      const sql = (text: string, values: unknown[]) => world().databases.query('portal_db', text, values);
      await world().restartOperator({ fullPassMs: 3_600_000 });
      await sql("select app.register_tenant($1, 'waited', 'X', 'active', '{}', '{}', gen_random_uuid(), null)", [
        somebody,
      ]);
      await t.apply('waited', { directories });
      await t.reason('waited', 'Registered', 'NameTaken');
      expect(t.conditionOf(await t.read('waited'), 'IntegrationsReady')?.reason).toBe('Waiting');
      await sql('delete from app.tenants where id = $1', [somebody]);
      await t.ready('waited');
      expect(t.conditionOf(await t.read('waited'), 'IntegrationsReady')?.reason).toBe('NotConnected');
      await world().restartOperator();
    });
  });
};
