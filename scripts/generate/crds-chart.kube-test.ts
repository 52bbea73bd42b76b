import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { startRealCluster, toolsFolder } from '../kubernetes/testing/control-plane.ts';

const run = promisify(execFile);
const chart = join(import.meta.dirname, '../../charts/legendops-crds');

describe.skipIf(toolsFolder === undefined)('charts/legendops-crds (needs LEGENDOPS_TOOLS)', () => {
  it('installs the Tenant, and keeps it when it is uninstalled', async () => {
    const cluster = await startRealCluster();
    const folder = await mkdtemp(join(tmpdir(), 'legendops-chart-'));
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
    const kube = join(toolsFolder ?? '', 'kube/kube');
    const environment = { env: { ...process.env, KUBECONFIG: kubeconfig } };
    const helm = (...parameters: string[]) => run(kube, ['helm', ...parameters], environment);
    const kubectl = async (...parameters: string[]) =>
      (await run(kube, ['kubectl', ...parameters], environment)).stdout;
    try {
      await helm('lint', '--strict', chart);
      await helm('install', 'crds', chart);
      await kubectl('wait', '--for=condition=Established', 'crd/tenants.platform.legendops.io', '--timeout=20s');
      // The API server publishes the schema a moment after it has established the definition.
      await vi.waitFor(async () => expect(await kubectl('explain', 'tenant.spec.billing')).toContain('currency'), {
        timeout: 20_000,
        interval: 200,
      });
      await helm('upgrade', 'crds', chart);
      await helm('uninstall', 'crds');
      expect(await kubectl('get', 'crd', 'tenants.platform.legendops.io', '-o', 'name')).toContain('tenants');
    } finally {
      await cluster.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
