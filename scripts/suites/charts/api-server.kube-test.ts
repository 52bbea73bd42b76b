import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRealCluster, toolsFolder, type RealCluster } from '../../kubernetes/testing/control-plane.ts';
import { everybody, renderObservability } from '../observability/observability-chart.ts';
import { chart, environments, render, valuesOf } from './rendered.ts';

const run = promisify(execFile);
const kube = join(toolsFolder ?? '', 'kube/kube');
// Definitions of the Gateway API and of prometheus-operator lie beside the tools.
const definitions = join(toolsFolder ?? '', '../data/crds');
const whileWorkedOn = [
  '-f',
  join(chart, 'values-kind.yaml'),
  '--set',
  'development.sync=true,development.inspect=true',
];
const isPossible = toolsFolder !== undefined && existsSync(definitions);

describe.skipIf(!isPossible)(
  'charts/legendops on a real API server (needs LEGENDOPS_TOOLS and data/crds beside it)',
  () => {
    let cluster: RealCluster;
    let folder: string;
    const tool = async (name: 'kubectl' | 'helm', ...parameters: string[]): Promise<string> => {
      const environment = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig') };
      return (await run(kube, [name, ...parameters], { env: environment, maxBuffer: 16 * 1024 * 1024 })).stdout;
    };

    beforeAll(async () => {
      cluster = await startRealCluster();
      folder = await mkdtemp(join(tmpdir(), 'legendops-chart-'));
      await writeFile(join(folder, 'kubeconfig'), cluster.kubeconfig, { mode: 0o600 });
      const crds = [
        'gateway-api/gateway.networking.k8s.io_httproutes.yaml',
        'prometheus-operator/monitoring.coreos.com_alertmanagerconfigs.yaml',
        'prometheus-operator/monitoring.coreos.com_probes.yaml',
        'prometheus-operator/monitoring.coreos.com_prometheusrules.yaml',
        'prometheus-operator/monitoring.coreos.com_servicemonitors.yaml',
      ];
      for (const file of crds) await tool('kubectl', 'apply', '--server-side', '-f', join(definitions, file));
      await tool('kubectl', 'wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s');
      await tool('kubectl', 'create', 'namespace', 'legendops');
      // By the context, as Helm does: some of the operator's rights stand in another namespace.
      await tool('kubectl', 'config', 'set-context', '--current', '--namespace=legendops');
      await tool(
        'kubectl',
        'label',
        'namespace',
        'legendops',
        'pod-security.kubernetes.io/enforce=restricted',
        'pod-security.kubernetes.io/warn=restricted',
      );
    });
    afterAll(async () => {
      await cluster.close();
      await rm(folder, { recursive: true, force: true });
    });

    it.each([...environments.map((environment) => [environment, []] as const), ['local', whileWorkedOn] as const])(
      'is taken whole and strictly for %s with %o, and Pod Security has nothing to say',
      async (environment, more) => {
        const file = join(folder, `${environment}.yaml`);
        await writeFile(file, await render(environment, ...more));
        const parameters = ['apply', '--dry-run=server', '--validate=strict', '--server-side', '-f', file];
        const environmentOf = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig') };
        const done = await run(kube, ['kubectl', ...parameters], { env: environmentOf });
        expect(done.stderr).toBe('');
        expect(done.stdout.trim().split('\n').length).toBeGreaterThan(40);
      },
    );

    it('is taken whole and strictly, too, of charts/legendops-observability with everybody who can be told', async () => {
      const file = join(folder, 'observability.yaml');
      const everything = [...everybody, 'probes.enabled=true', 'probes.publicUrl=https://portal.example'];
      await writeFile(file, await renderObservability(everything));
      const parameters = ['apply', '--dry-run=server', '--validate=strict', '--server-side', '-f', file];
      const taken = (await tool('kubectl', '-n', 'default', ...parameters)).trim().split('\n');
      const kinds = taken.map((line) => line.split('/')[0]?.split('.')[0]);
      expect(
        Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length])),
      ).toEqual({ configmap: 9, prometheusrule: 1, alertmanagerconfig: 1, probe: 2 });
    });

    it('says which version can be upgraded where the installed one cannot', async () => {
      const parameters = [
        'legendops',
        chart,
        '-n',
        'legendops',
        '--no-hooks',
        ...valuesOf('dev'),
        '--set',
        'monitoring.serviceMonitors=false',
      ];
      await tool('helm', 'install', ...parameters);
      await tool('helm', 'upgrade', ...parameters);
      await tool(
        'kubectl',
        '-n',
        'legendops',
        'patch',
        'configmap',
        'legendops-release',
        '--patch',
        '{"data":{"chart":"0.0.7"}}',
      );
      const refused = tool('helm', 'upgrade', ...parameters);
      await expect(refused).rejects.toThrow(
        'chart 0.1.0 upgrades from >=0.1.0-0, and 0.0.7 is installed: upgrade to a version of that range first',
      );
      const notes = await tool('helm', 'get', 'notes', 'legendops', '-n', 'legendops');
      expect(notes).toContain('kubectl -n legendops rollout status deployment');
    });
  },
);
