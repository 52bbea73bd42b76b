import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '@legendops/kit/testing/free-port';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { clusterLease } from '@legendops/tenant-operator/api/tenant';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { portraitOf } from './portrait.ts';
import type { InWorld } from './tenants-in-world.ts';
import { startWatchProxy } from './watch-proxy.ts';
import type { WatchProxy } from './watch-proxy.ts';

const root = join(import.meta.dirname, '../../..');
// Of the eleven that a creation writes to the API server, beside its event.
const killPoints = [1, 2, 5, 7, 9, 11];
const leases: Resource<KubeObject & { spec?: { holderIdentity?: string } }> = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};

/** The operator as the process that it is in a cluster: configuration, sign-in, lease, health. */
export const killCases = (world: () => World, t: InWorld): void => {
  let proxy: WatchProxy;
  let environment: Record<string, string>;
  let running: ChildProcess | undefined;
  /** What the process that started last wrote to its log. */
  let said = '';

  const launch = async (more: Record<string, string> = {}) => {
    const port = await freePort();
    const child = spawn(process.execPath, ['operators/tenant/src/main.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH, ...environment, ...more, MANAGEMENT_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
    running = child;
    const isWell = (path: string) => async () =>
      (await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))?.status === 200;
    return { child, isWell };
  };
  const start = async (more: Record<string, string> = {}): Promise<ChildProcess> => {
    const { child, isWell } = await launch(more);
    await eventually('the operator is ready', isWell('/readyz'));
    expect(await isWell('/healthz')()).toBe(true);
    return child;
  };
  /** Whoever died holds the lease for 15 s more; the next one is not to wait for it here. */
  const takeLeaseAway = async (): Promise<void> => {
    const held = await world().kube.read(leases, clusterLease);
    if (held) await world().kube.remove(leases, clusterLease, { uid: held.metadata.uid ?? '' });
  };

  describe('the operator as a process', () => {
    beforeAll(async () => {
      await world().stopOperator();
      proxy = await startWatchProxy(world().kubeconfigOfOperator, world().vault.certificates);
      const kubeconfig = join(world().directory, 'kubeconfig-of-process');
      await writeFile(kubeconfig, proxy.kubeconfig);
      environment = {
        ...world().environment,
        ...(await world().vault.workloadIdentity(join(world().directory, 'token'))),
        KUBECONFIG_PATH: kubeconfig,
      };
    });
    afterAll(async () => {
      running?.kill('SIGKILL');
      await proxy.close();
      await world().restartOperator();
    });

    test('killed with -9 after a write, before it learns of it: the next process ends the work as if nothing had happened', async () => {
      await start();
      await t.apply('process-free', {});
      await t.ready('process-free');
      const expected = await portraitOf(world(), t, 'process-free');
      for (const count of killPoints) {
        const name = `process-${count}`;
        const victim = running;
        let writes = 0;
        proxy.answered = ({ method, path }) => {
          if (method === 'GET' || /\/(leases|events)/.test(path)) return;
          writes += 1;
          if (writes === count) victim?.kill('SIGKILL');
        };
        const ended = victim && once(victim, 'exit');
        await t.apply(name, {});
        expect(await ended).toEqual([null, 'SIGKILL']);
        proxy.answered = undefined;
        await takeLeaseAway();
        await start();
        await t.ready(name);
        expect(JSON.parse((await portraitOf(world(), t, name)).text)).toEqual(JSON.parse(expected.text));
      }
      process.stdout.write(`a process killed after each of ${killPoints.length} writes\n`);
    }, 180_000);

    test('a second install in another namespace leads only when the first has gone, and says for whom it waits', async () => {
      const first = running ?? (await start());
      const second = await start({ OPERATOR_NAMESPACE: 'elsewhere' });
      await eventually('it says who leads', async () =>
        said.includes('another install of the operator leads this cluster'),
      );
      expect(said).toContain('"holder":"legendops/');
      await t.apply('one-leader', {});
      await t.ready('one-leader');
      expect(said).not.toContain('"leading"');
      const ended = once(first, 'exit');
      first.kill('SIGTERM');
      await ended;
      await eventually('it leads', async () => said.includes('"leading"'));
      await t.apply('next-leader', {});
      await t.ready('next-leader');
      running = second;
    }, 60_000);

    test('asked to end it ends well, and gives its lease back', async () => {
      const child = running ?? (await start());
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      running = undefined;
      expect((await world().kube.read(leases, clusterLease))?.spec?.holderIdentity ?? '').toBe('');
    });

    test('on a schema that it does not know it lives, says so in one line and leads nobody, until it is another', async () => {
      const { databases } = world();
      await databases.query('catalog_db', "insert into migrations.own (name, run_on) values ('9999_later', now())");
      const { child, isWell } = await launch();
      const reason = 'not ready: catalog_db is of a newer release, which added own/9999_later';
      await eventually('it says why it waits', () => said.includes(reason));
      expect(await isWell('/healthz')()).toBe(true);
      expect(await isWell('/readyz')()).toBe(false);
      expect((await world().kube.read(leases, clusterLease))?.spec?.holderIdentity ?? '').toBe('');
      await databases.query('catalog_db', "delete from migrations.own where name = '9999_later'");
      await eventually('it is ready', isWell('/readyz'));
      expect(said.match(/not ready/g)).toHaveLength(1);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      running = undefined;
    });
  });
};
