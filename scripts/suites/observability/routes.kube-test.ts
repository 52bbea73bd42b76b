import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alerts } from '../../observability/alerts/list.ts';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { everybody, renderObservability } from './observability-chart.ts';

interface Matcher {
  name: string;
  value: string;
  matchType: string;
}
interface Resource {
  spec: {
    route: { matchers: Matcher[]; routes: { receiver: string; matchers: Matcher[]; groupWait: string }[] };
    inhibitRules: { sourceMatch: Matcher[]; targetMatch: Matcher[]; equal: string[] }[];
    receivers: Record<string, unknown>[];
  };
}
interface AlertmanagerFile {
  route: { routes: { matchers: string[]; routes: { receiver: string; matchers: string[]; group_wait: string }[] }[] };
  inhibit_rules: { source_matchers: string[]; target_matchers: string[]; equal: string[] }[];
  receivers: Record<string, unknown>[];
}

const isThere = spawnSync('amtool', ['--version']).status === 0;
if (!isThere) process.stdout.write('amtool is not there (Debian: prometheus-alertmanager): routes are not tried\n');

const asText = ({ name, value, matchType }: Matcher): string =>
  matchType === '=' ? `${name} = ${value}` : `${name} ${matchType} "${value}"`;

describe.skipIf(toolsFolder === undefined)('who is told of alerts (needs LEGENDOPS_TOOLS)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'legendops-routes-'));
  const file = join(folder, 'alertmanager.yml');
  let resource: Resource;
  let plain: AlertmanagerFile;
  beforeAll(async () => {
    resource = parse(await renderObservability(everybody, 'alertmanager-config.yaml')) as Resource;
    const rendered = await renderObservability([...everybody, 'alerting.form=file'], 'alertmanager-file.yaml');
    const { data } = parse(rendered) as { data: Record<string, string> };
    writeFileSync(file, data['alertmanager.yml'] ?? '');
    plain = parse(data['alertmanager.yml'] ?? '') as AlertmanagerFile;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is the same in both forms', () => {
    const { route, inhibitRules, receivers } = resource.spec;
    const [ours] = plain.route.routes;
    expect(ours?.matchers).toEqual(route.matchers.map(asText));
    expect(ours?.routes.map(({ receiver, matchers, group_wait }) => ({ receiver, matchers, group_wait }))).toEqual(
      route.routes.map(({ receiver, matchers, groupWait }) => ({
        receiver,
        matchers: matchers.map(asText),
        group_wait: groupWait,
      })),
    );
    expect(plain.inhibit_rules).toEqual(
      inhibitRules.map(({ sourceMatch, targetMatch, equal }) => ({
        source_matchers: sourceMatch.map(asText),
        target_matchers: targetMatch.map(asText),
        equal,
      })),
    );
    const kinds = (receiver: Record<string, unknown>): string[] =>
      Object.keys(receiver).map((key) => key.replace('Configs', '_configs'));
    expect(plain.receivers.slice(1).map(kinds)).toEqual(receivers.map(kinds));
  });

  it('is told by references to secrets alone', () => {
    const text = JSON.stringify(resource) + JSON.stringify(plain);
    expect(text).not.toMatch(/"(api_url|auth_password|credentials)":"/);
    expect(resource.spec.receivers[0]).toMatchObject({
      slackConfigs: [{ apiURL: { name: 'legendops-alerts-slack', key: 'url' } }],
      emailConfigs: [{ authPassword: { name: 'legendops-alerts-email', key: 'password' } }],
      webhookConfigs: [
        { httpConfig: { authorization: { credentials: { name: 'legendops-alerts-webhook', key: 'token' } } } },
      ],
    });
  });

  it.skipIf(!isThere)('goes, by amtool, for each alert by its severity, and for others nobody', () => {
    const amtool = (...parameters: string[]): string => {
      const { stdout, stderr, status } = spawnSync('amtool', parameters, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      return stdout.trim();
    };
    expect(amtool('check-config', file)).toContain('SUCCESS');
    const receiverOf = (...labels: string[]): string =>
      amtool('config', 'routes', 'test', `--config.file=${file}`, ...labels);
    for (const { name, severity } of alerts)
      expect(receiverOf(`alertname=${name}`, `severity=${severity}`, 'product=legendops')).toBe(severity);
    expect(receiverOf('alertname=Watchdog', 'severity=critical')).toBe('nobody');
  });
});
