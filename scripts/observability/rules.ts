import { stringify } from 'yaml';
import type { Alert, AlertTest } from './alert.ts';
import { alerts } from './alerts/list.ts';
import { recordings } from './alerts/slo.ts';

const asYaml = (object: object): string => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false });

/** Put in by the chart: where the runbooks are read. */
const runbookBase = 'RUNBOOKS';

// Routes go by the product (charts/legendops-observability): a Prometheus tells of much more.
const labelsOf = ({ severity, objective }: Alert) => ({
  product: 'legendops',
  severity,
  ...(objective !== undefined && { objective }),
});

const rule = (alert: Alert) => {
  const { name, expression, lasting, summary, runbook, section = name } = alert;
  return {
    alert: name,
    expr: expression,
    ...(lasting !== undefined && { for: lasting }),
    labels: labelsOf(alert),
    annotations: { summary, runbook_url: `${runbookBase}/${runbook}.md#${section.toLowerCase()}` },
  };
};

const groupNames = ['legendops-objectives', 'legendops-alerts'] as const;

const groups = (rules: readonly object[]): string =>
  asYaml({
    groups: [
      {
        name: groupNames[0],
        interval: '1m',
        rules: recordings.map(({ name, expression }) => ({ record: name, expr: expression })),
      },
      { name: groupNames[1], interval: '1m', rules },
    ],
  });

/** Groups of rules as Prometheus reads them. */
export const rulesText = groups(alerts.map(rule));

/** The same without what people read: promtool compares annotations word by word. */
export const silentRulesText = groups(alerts.map((alert) => ({ ...rule(alert), annotations: {} })));

const inputSeries = (series: Readonly<Record<string, string>>) =>
  Object.entries(series).map(([name, values]) => ({ series: name, values }));

const testsOf = (alert: Alert) => {
  const { name, fires, firesToo, silent, silentToo } = alert;
  const test = (says: string, { atMinute, stepMinutes = 1, series }: AlertTest, expected: object[]) => ({
    stepMinutes,
    test: {
      name: `${name} ${says}`,
      interval: `${stepMinutes}m`,
      input_series: inputSeries(series),
      alert_rule_test: [{ eval_time: `${atMinute}m`, alertname: name, exp_alerts: expected }],
    },
  });
  const firing = [fires, ...(firesToo ? [firesToo] : [])].map((where) =>
    test('fires', where, [{ exp_labels: { ...labelsOf(alert), ...where.labels } }]),
  );
  const quiet = [silent, ...(silentToo ? [silentToo] : [])].map((where) => test('is silent', where, []));
  return [...firing, ...quiet];
};

/** Files for promtool, one for each step: each alert fires where it should, with its labels, and is silent where not. */
export const ruleTests = (ruleFile: string, of: readonly Alert[] = alerts): string[] =>
  Object.entries(Object.groupBy(of.flatMap(testsOf), ({ stepMinutes }) => stepMinutes)).map(([step, tests = []]) =>
    asYaml({
      rule_files: [ruleFile],
      evaluation_interval: `${step}m`,
      group_eval_order: groupNames,
      tests: tests.map(({ test }) => test),
    }),
  );
