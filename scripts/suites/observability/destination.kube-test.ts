import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { renderObservability } from './observability-chart.ts';

const toCloud = [
  'destination=grafana-cloud',
  'grafanaCloud.metrics.url=https://prometheus.grafana.example',
  'grafanaCloud.metrics.user=user-1',
  'grafanaCloud.logs.url=https://logs.grafana.example',
  'grafanaCloud.logs.user=user-2',
];

const configuration = async (values: readonly string[]): Promise<string> => {
  const { data } = parse(await renderObservability(values, 'alloy.yaml')) as { data: Record<string, string> };
  return data['config.alloy'] ?? '';
};
const componentsOf = (text: string): string[] =>
  [...text.matchAll(/^([\w.]+) "\w+" \{$/gm)].map(([, name = '']) => name);

// Alloy is no package of Debian or npm: names and forms are those of its reference, and its own parser was run over both by hand.
describe.skipIf(toolsFolder === undefined)('where metrics, rules and logs go (needs LEGENDOPS_TOOLS)', () => {
  const logs = ['discovery.kubernetes', 'discovery.relabel', 'loki.source.kubernetes', 'loki.process'];

  it('is the cluster’s own Loki for logs, and Prometheus for what it reads itself', async () => {
    const text = await configuration([]);
    expect(componentsOf(text)).toEqual([...logs, 'loki.write']);
    expect(text).toContain('url = "http://legendops-loki-gateway.monitoring.svc/loki/api/v1/push"');
  });

  it('is Grafana Cloud for all of it by one value, with the token in a file', async () => {
    const text = await configuration(toCloud);
    expect(componentsOf(text)).toEqual([
      ...logs,
      'local.file',
      'loki.write',
      'prometheus.remote_write',
      'prometheus.operator.servicemonitors',
      'prometheus.operator.probes',
      'mimir.rules.kubernetes',
    ]);
    expect(text.match(/password = /g)).toHaveLength(3);
    expect(text.match(/password = local\.file\.token\.content\n/g)).toHaveLength(3);
    expect(text).not.toContain('{{');
  });

  it('leaves rules and dashboards as they are, which the value only sends elsewhere', async () => {
    for (const template of ['rules.yaml', 'dashboards.yaml'])
      expect(await renderObservability(toCloud, template)).toBe(await renderObservability([], template));
  });

  it('is refused half said, by the value that lacks', async () => {
    await expect(renderObservability(toCloud.filter((value) => !value.includes('logs.user')))).rejects.toThrow(
      'grafanaCloud.logs needs url and user where destination is grafana-cloud',
    );
    await expect(renderObservability(['destination=elsewhere'])).rejects.toThrow("at '/destination'");
  });
});
