import { ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { DashboardBuilder, DatasourceVariableBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as LogsBuilder } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder as LogQueryBuilder } from '@grafana/grafana-foundation-sdk/loki';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** A question and the series that answer it. */
export interface Panel {
  title: string;
  /** What a good answer looks like, and what to do about another. */
  says: string;
  /** Grafana's name: s, reqps, short, percentunit, bytes, … */
  unit: string;
  /** Legend to PromQL; a window is $__rate_interval unless it has to be another. */
  queries: Readonly<Record<string, string>>;
  /** One number, as it is now. */
  isStat?: boolean;
}

/** Lines that tell what the panels above do not. */
interface LogPanel {
  title: string;
  says: string;
  /** LogQL, by the labels of logs/pipeline.ts. */
  query: string;
}

export interface Dashboard {
  /** In its address and its file's name. */
  uid: string;
  title: string;
  rows: Readonly<Record<string, readonly Panel[]>>;
  /** In a last row. */
  logs?: readonly LogPanel[];
}

// By variable: the same dashboards in a cluster's own Grafana and in Grafana Cloud.
const datasource = { type: 'prometheus', uid: '${source}' };
const logSource = { type: 'loki', uid: '${logs}' };
const gridWidth = 24;

const panel = ({ title, says, unit, queries, isStat = false }: Panel, width: number) => {
  const builder = isStat
    ? new StatBuilder().reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    : new TimeSeriesBuilder();
  builder
    .title(title)
    .description(says)
    .unit(unit)
    .datasource(datasource)
    .span(width)
    .height(isStat ? 4 : 8);
  if (!isStat) builder.min(0);
  Object.entries(queries).forEach(([legend, query], index) => {
    const target = new DataqueryBuilder()
      .expr(query)
      .legendFormat(legend)
      .refId(String.fromCodePoint(65 + index));
    builder.withTarget(isStat ? target.instant() : target);
  });
  return builder;
};

const logPanel = ({ title, says, query }: LogPanel) =>
  new LogsBuilder()
    .title(title)
    .description(says)
    .datasource(logSource)
    .span(gridWidth)
    .height(10)
    .showTime(true)
    .wrapLogMessage(true)
    .withTarget(new LogQueryBuilder().expr(query).refId('A'));

/** The JSON that Grafana imports. */
export const dashboardJson = ({ uid, title, rows, logs = [] }: Dashboard): string => {
  const builder = new DashboardBuilder(`LegendOps: ${title}`)
    .uid(`legendops-${uid}`)
    .tags(['legendops'])
    .readonly()
    .timezone('browser')
    .time({ from: 'now-6h', to: 'now' })
    .refresh('1m')
    .withVariable(new DatasourceVariableBuilder('source').label('Source').type('prometheus'));
  if (logs.length > 0) builder.withVariable(new DatasourceVariableBuilder('logs').label('Logs').type('loki'));
  for (const [name, panels] of Object.entries(rows)) {
    builder.withRow(new RowBuilder(name));
    const stats = panels.filter(({ isStat }) => isStat === true).length;
    for (const one of panels)
      builder.withPanel(panel(one, one.isStat === true ? Math.floor(gridWidth / stats) : gridWidth / 2));
  }
  if (logs.length > 0) builder.withRow(new RowBuilder('Logs'));
  for (const one of logs) builder.withPanel(logPanel(one));
  return `${JSON.stringify(builder.build(), undefined, 1)}\n`;
};
