import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

// What the two charts must agree on, which no schema of theirs can know.
const charts = join(import.meta.dirname, '../../../charts');
const read = (path: string): unknown => parse(readFileSync(join(charts, path), 'utf8'));

interface Ours {
  dashboards: { labels: Record<string, string> };
  logs: { lokiUrl: string };
  probes: { prober: string };
}
interface Theirs {
  'kube-prometheus-stack': {
    prometheus: { prometheusSpec: Record<string, unknown> };
    alertmanager: {
      alertmanagerSpec: {
        alertmanagerConfigMatcherStrategy: { type: string };
        alertmanagerConfigSelector: { matchLabels: Record<string, string> };
      };
    };
    grafana: {
      sidecar: { dashboards: { label: string; labelValue: string; searchNamespace: string } };
      additionalDataSources: { url: string }[];
    };
  };
  'prometheus-blackbox-exporter': { fullnameOverride: string; config: { modules: object } };
  loki: { fullnameOverride: string };
  alloy: { alloy: { configMap: { name: string; key: string } } };
}

const ours = read('legendops-observability/values.yaml') as Ours;
const theirs = read('monitoring/values.yaml') as Theirs;
const stack = theirs['kube-prometheus-stack'];

it('pins four charts of others by exact versions, and has values for no other', () => {
  const { dependencies } = read('monitoring/Chart.yaml') as { dependencies: { name: string; version: string }[] };
  expect(dependencies.map(({ name }) => name).sort()).toEqual(Object.keys(theirs).sort());
  expect(dependencies.filter(({ version }) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

it('gives the Blackbox exporter the modules that our probes name, at the address that they ask', () => {
  const blackbox = theirs['prometheus-blackbox-exporter'];
  expect(blackbox.config).toEqual(read('legendops-observability/files/blackbox.yml'));
  expect(ours.probes.prober).toBe(`${blackbox.fullnameOverride}.monitoring.svc:9115`);
});

it('lets Prometheus read rules, monitors and probes of other releases, for as long as the uptime dashboard looks back', () => {
  const spec = stack.prometheus.prometheusSpec;
  for (const kind of ['rule', 'serviceMonitor', 'podMonitor', 'probe'])
    expect(spec[`${kind}SelectorNilUsesHelmValues`]).toBe(false);
  expect(Number.parseInt(String(spec['retention']), 10)).toBeGreaterThan(30);
});

it('lets Alertmanager take our configuration by its label, and tell alerts that are of no namespace', () => {
  const spec = stack.alertmanager.alertmanagerSpec;
  expect(spec.alertmanagerConfigMatcherStrategy.type).toBe('None');
  const { name } = read('legendops-observability/Chart.yaml') as { name: string };
  expect(spec.alertmanagerConfigSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': name });
});

it('lets Grafana find our dashboards beside it, and Loki where Alloy sends to', () => {
  const { label, labelValue, searchNamespace } = stack.grafana.sidecar.dashboards;
  expect({ [label]: labelValue }).toEqual(ours.dashboards.labels);
  expect(searchNamespace).toBe('monitoring');
  expect(ours.logs.lokiUrl).toBe(`http://${theirs.loki.fullnameOverride}-gateway.monitoring.svc`);
  expect(stack.grafana.additionalDataSources[0]?.url).toBe(ours.logs.lokiUrl);
});

it('runs Alloy with the configuration of our chart', () => {
  const template = readFileSync(join(charts, 'legendops-observability/templates/alloy.yaml'), 'utf8');
  const { name, key } = theirs.alloy.alloy.configMap;
  expect(template).toContain(`  name: ${name}\n`);
  expect(template).toContain(`  ${key}: |`);
});
