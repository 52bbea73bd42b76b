import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { helm, manifestsOf, ofKind, podsOf, type Manifest } from '../charts/rendered.ts';
import { defaultsOf, unknownPaths, withDependencies, type Values } from './packaged-charts.ts';

const chart = join(import.meta.dirname, '../../../charts/monitoring');
const packages = process.env.LEGENDOPS_CHARTS ?? '';
const folder = mkdtempSync(join(tmpdir(), 'legendops-monitoring-'));
afterAll(() => rmSync(folder, { recursive: true }));
const whole = packages === '' ? undefined : withDependencies(chart, packages, join(folder, 'monitoring'));
if (whole === undefined)
  process.stdout.write('LEGENDOPS_CHARTS names no folder with the packages of charts/monitoring: it is not rendered\n');

const read = (path: string): Values => parse(readFileSync(path, 'utf8')) as Values;
const render = (...more: string[]): Promise<string> =>
  helm('template', 'monitoring', whole ?? '', '--namespace', 'monitoring', '--include-crds', ...more);

// Read by a template without a default, or passed on as they are.
const withoutDefault = new Set([
  'prometheus-blackbox-exporter/fullnameOverride',
  'prometheus-blackbox-exporter/config/modules/legendops_page',
  'prometheus-blackbox-exporter/config/modules/legendops_api',
  'kube-prometheus-stack/grafana/grafana.ini/analytics/reporting_enabled',
  'kube-prometheus-stack/grafana/grafana.ini/analytics/check_for_plugin_updates',
  'loki/loki/limits_config/retention_period',
  'alloy/configReloader/resources/limits',
]);

interface Security {
  runAsNonRoot?: boolean;
  allowPrivilegeEscalation?: boolean;
  capabilities?: { drop?: string[] };
  seccompProfile?: { type: string };
}

// Of Pod Security `restricted`, what a pod can lack.
const lacking = ({ name, spec }: ReturnType<typeof podsOf>[number]): string[] => {
  const pod = spec.securityContext as Security | undefined;
  const hostPaths = (spec.volumes ?? [])
    .filter((volume) => 'hostPath' in volume)
    .map((volume) => `${name} ${volume.name}`);
  const faults = spec.containers.flatMap((container) => {
    const own = (container.securityContext as Security | undefined) ?? {};
    const isRestricted =
      own.allowPrivilegeEscalation === false &&
      own.capabilities?.drop?.includes('ALL') === true &&
      (own.runAsNonRoot ?? pod?.runAsNonRoot) === true &&
      (own.seccompProfile ?? pod?.seccompProfile)?.type === 'RuntimeDefault';
    return isRestricted ? [] : [`${name} ${container.name}`];
  });
  return [...hostPaths, ...faults];
};

describe.skipIf(toolsFolder === undefined || whole === undefined)(
  'charts/monitoring (needs LEGENDOPS_TOOLS and LEGENDOPS_CHARTS)',
  () => {
    let manifests: Manifest[];
    beforeAll(async () => {
      manifests = manifestsOf(await render());
    });
    const specOf = (kind: string): Record<string, unknown> => ofKind(manifests, kind)[0]?.spec ?? {};

    it.each(['values.yaml', 'values-grafana-cloud.yaml'])('sets nothing in %s that no chart reads', (file) => {
      const values = read(join(chart, file));
      const { dependencies } = read(join(chart, 'Chart.yaml')) as { dependencies: { name: string; version: string }[] };
      const unknown = dependencies.flatMap(({ name, version }) => {
        const defaults = defaultsOf(join(packages, `${name}-${version}.tgz`), join(folder, file, name));
        return unknownPaths((values[name] ?? {}) as Values, { ...defaults, enabled: true }, name);
      });
      expect(unknown.filter((path) => !withoutDefault.has(path))).toEqual([]);
      expect(unknownPaths({ a: { c: 1 } }, { a: { b: 1 } })).toEqual(['/a/c']);
    });

    it('makes pods that Pod Security `restricted` lets in, but the one that looks at nodes, in a namespace of its own', () => {
      const pods = podsOf(manifests);
      expect(pods.length).toBeGreaterThan(7);
      const isOfNodes = ({ name }: { name: string }) => name.endsWith('node-exporter');
      expect(pods.filter((pod) => !isOfNodes(pod)).flatMap(lacking)).toEqual([]);
      expect(pods.filter(isOfNodes).flatMap(lacking)).not.toEqual([]);
      const daemon = ofKind(manifests, 'DaemonSet');
      expect(daemon.map(({ metadata }) => metadata.namespace)).toEqual(['monitoring-nodes']);
    });

    it('limits what each of its pods takes', () => {
      const unlimited = podsOf(manifests).flatMap(({ name, spec }) =>
        spec.containers
          .filter(({ resources }) => (resources as { limits?: object } | undefined)?.limits === undefined)
          .map((container) => `${name} ${container.name}`),
      );
      expect(unlimited).toEqual([]);
    });

    it('lets nobody but prometheus-operator read Secrets of the whole cluster', () => {
      const readers = ofKind(manifests, 'ClusterRole').filter((role) =>
        (role as unknown as { rules: { resources?: string[] }[] }).rules.some(({ resources = [] }) =>
          resources.includes('secrets'),
        ),
      );
      expect(readers.map(({ metadata }) => metadata.name)).toEqual(['legendops-monitoring-operator']);
    });

    it('keeps metrics, and takes rules and alert routes, as its values say', () => {
      expect(specOf('Prometheus')).toMatchObject({
        retention: '31d',
        retentionSize: '45GB',
        ruleSelector: {},
        serviceMonitorSelector: {},
        probeSelector: {},
      });
      expect(specOf('Alertmanager')).toMatchObject({
        alertmanagerConfigMatcherStrategy: { type: 'None' },
        alertmanagerConfigSelector: { matchLabels: { 'app.kubernetes.io/name': 'legendops-observability' } },
      });
    });

    it('makes for Grafana Cloud nothing that Grafana Cloud has itself, and Alloy still', async () => {
      const cloud = manifestsOf(await render('-f', join(chart, 'values-grafana-cloud.yaml')));
      expect(['Prometheus', 'Alertmanager', 'StatefulSet'].flatMap((kind) => ofKind(cloud, kind))).toEqual([]);
      const names = ofKind(cloud, 'Deployment').map(({ metadata }) => metadata.name);
      expect(names.sort()).toEqual([
        'legendops-alloy',
        'legendops-blackbox',
        'legendops-monitoring-operator',
        'monitoring-kube-state-metrics',
      ]);
    });
  },
);
