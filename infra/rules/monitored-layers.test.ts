import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alerts } from '../../scripts/observability/alerts/list.ts';
import { layers, type Shown } from './monitored-layers.ts';
import { at, environments, infra, listAt, snapshotOf, targetOf, type Resource } from './resource.ts';

// From the signal in Azure, by what collects it, to the panel that shows it and the people who are told.
const chart = join(infra, '../charts/legendops-observability');
const values = readFileSync(join(chart, 'values.yaml'), 'utf8');
/** Severities that somebody is told of. */
const routes = [...values.matchAll(/^ {4}(\w+): \{to: \[\w/gm)].map(([, severity]) => severity);

const panelText = ({ dashboard, panel }: Shown): string => {
  const file = readFileSync(join(chart, 'files/dashboards', `${dashboard}.json`), 'utf8');
  const { panels } = JSON.parse(file) as { panels: { title: string; targets?: { expr: string }[] }[] };
  const found = panels.find(({ title, targets }) => title === panel && targets !== undefined);
  if (found?.targets === undefined) throw new Error(`${dashboard} has no panel ${panel}`);
  return found.targets.map(({ expr }) => expr).join('\n');
};

/** Which type of resource fills a table of the workspace. */
const filledBy: Record<string, string> = {
  PGSQLServerLogs: 'Microsoft.DBforPostgreSQL/flexibleServers',
  AZKVAuditLogs: 'Microsoft.KeyVault/vaults',
  StorageBlobLogs: 'Microsoft.Storage/storageAccounts/blobServices',
  AzureDiagnostics: 'Microsoft.Cdn/profiles',
  NTANetAnalytics: 'Microsoft.Network/networkWatchers/flowLogs',
};

const criterionOf = (alert: Resource): unknown => listAt(alert, 'properties.criteria.allOf')[0];
const tableOf = (alert: Resource): string => /^\w+/.exec(String(at(criterionOf(alert), 'query')))?.[0] ?? '';

/** Whether the resources that give a signal send it to where the alert looks. */
const isCollected = (alert: Resource, all: readonly Resource[]): boolean => {
  const ofType = (type: string) => all.filter((one) => one.type === type);
  const toWorkspace = ({ id }: Resource): boolean =>
    ofType('Microsoft.Insights/diagnosticSettings').some(
      (one) =>
        targetOf(one) === id &&
        at(one, 'properties.workspaceId') !== undefined &&
        listAt(one, 'properties.logs').length > 0,
    );
  // A metric is read at the resource itself: each that the alert is about must be there.
  if (alert.type === 'Microsoft.Insights/metricAlerts')
    return (
      at(criterionOf(alert), 'metricName') !== undefined &&
      listAt(alert, 'properties.scopes').every((scope) => all.some(({ id }) => id === scope))
    );
  const type = filledBy[tableOf(alert)];
  if (type === undefined) return false;
  const givers = ofType(type);
  const flows = 'properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.enabled';
  return (
    givers.length > 0 &&
    givers.every((giver) => (type.endsWith('/flowLogs') ? at(giver, flows) === true : toWorkspace(giver)))
  );
};

const groupsOf = (alert: Resource): string[] =>
  [...listAt(alert, 'properties.actions'), ...listAt(alert, 'properties.actions.actionGroups')].map((action) =>
    String(at(action, 'actionGroupId') ?? action),
  );

/** As Alloy's exporter names a metric of Azure. */
const exported = (alert: Resource): string => {
  const [space, metric] = ['metricNamespace', 'metricName'].map((key) => String(at(criterionOf(alert), key)));
  return `azure_${space?.replaceAll(/[./]/g, '_')}_${metric}`.toLowerCase();
};

describe.each(environments)('what is watched of Azure in %s', (environment) => {
  const all = snapshotOf(environment);
  const watching = all.filter(({ type }) => /\/(metricAlerts|scheduledQueryRules)$/.test(type));
  const nameOf = ({ name }: Resource): string => name.replace(`legendops-${environment}-`, '');

  it('has a layer for each alert, and an alert for each that a layer names', () => {
    const named = layers.flatMap(({ azure }) => Object.keys(azure));
    expect(watching.map(nameOf).toSorted()).toEqual(named.toSorted());
    expect(named.length).toBe(30);
  });

  it.each(layers.filter(({ azure }) => Object.keys(azure).length > 0).map(({ name, azure }) => ({ name, azure })))(
    'is traced from signal to people: $name',
    ({ azure }) => {
      for (const [name, { asks, ...shown }] of Object.entries(azure)) {
        const alert = watching.find((one) => nameOf(one) === name);
        if (!alert) throw new Error(`There is no alert ${name}`);
        expect(isCollected(alert, all), `${name} is collected`).toBe(true);
        expect(panelText(shown), `${name} is shown`).toContain(asks ?? exported(alert));
        const told = all.filter(({ id, type }) => type.endsWith('/actionGroups') && groupsOf(alert).includes(id));
        const receivers = told.flatMap((group) => listAt(group, 'properties.emailReceivers'));
        expect(
          receivers.map((one) => at(one, 'name')),
          `${name} is told`,
        ).toContain('slack');
      }
    },
  );

  it('does not count what nobody collects', () => {
    const logs = watching.filter(({ type }) => type.endsWith('/scheduledQueryRules'));
    expect(logs.length).toBe(10);
    for (const alert of logs) {
      const type = filledBy[tableOf(alert)];
      const without = all.filter((one) => one.type !== type);
      expect(isCollected(alert, without)).toBe(false);
    }
  });
});

describe('what the cluster says of itself', () => {
  it('has seven layers, and a layer for each alert', () => {
    expect(layers).toHaveLength(7);
    const named = layers.flatMap(({ cluster }) => Object.keys(cluster));
    expect(named.toSorted()).toEqual(alerts.map(({ name }) => name).toSorted());
  });

  it.each(layers.filter(({ cluster }) => Object.keys(cluster).length > 0))(
    'is shown in a panel, and told by a route of its severity: $name',
    ({ cluster }) => {
      const rules = readFileSync(join(chart, 'files/rules.yaml'), 'utf8');
      for (const [name, shown] of Object.entries(cluster)) {
        expect(panelText(shown).length, `${name} is shown`).toBeGreaterThan(0);
        expect(rules, `${name} is a rule`).toContain(`alert: ${name}\n`);
        const { severity } = alerts.find((one) => one.name === name) ?? { severity: 'none' };
        expect(routes, `${name} is told`).toContain(severity);
      }
    },
  );

  it('reaches Prometheus: pods are scraped, and in Azure a rule carries what the cluster’s agent reads', () => {
    for (const environment of environments) {
      const carried = snapshotOf(environment).filter(({ type }) => type.endsWith('/dataCollectionRules'));
      expect(JSON.stringify(carried)).toContain('Microsoft-PrometheusMetrics');
      expect(JSON.stringify(carried)).toContain('Microsoft-OTel-Traces-Spans');
    }
  });
});
