import { parseArgs } from 'node:util';
import { subscriptionOf, type Script } from '../command.ts';
import { Refused } from '../environment-group.ts';
import { costTable, linesOf, type CostPage, type Line } from './cost-report.ts';

const tags = ['Environment', 'Owner', 'CostCenter', 'Project'] as const;

const usage = `npm run ops:cost -- [options]
  What LegendOps cost in a subscription in one month, by a tag of infra/tags.bicep and by service. Reads, and changes nothing.

  --month 2026-11      the month; else the one that is running, until today
  --by NAME            ${tags.join(', ')}; Environment
  --all                of the whole subscription, and not of what carries Project = LegendOps alone
  --json               the lines as JSON
  --subscription ID    else AZURE_SUBSCRIPTION_ID
  --help
`;

/** From the first day to the last, or until today. */
const periodOf = (month: string | undefined, now: Date): { from: string; to: string } => {
  const text = month ?? now.toISOString().slice(0, 7);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new Refused(`--month is ${text}: such as 2026-11`);
  const first = new Date(`${text}-01T00:00:00Z`);
  if (first > now) throw new Refused(`--month is ${text}, which has not begun`);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1) - 1_000);
  return { from: first.toISOString(), to: (last < now ? last : now).toISOString() };
};

const question = (by: string, timePeriod: { from: string; to: string }, everything: boolean) => ({
  type: 'ActualCost',
  timeframe: 'Custom',
  timePeriod,
  dataset: {
    granularity: 'None',
    aggregation: { totalCost: { name: 'Cost', function: 'Sum' } },
    // It takes two and no more.
    grouping: [
      { type: 'TagKey', name: by },
      { type: 'Dimension', name: 'ServiceName' },
    ],
    ...(!everything && { filter: { tags: { name: 'Project', operator: 'In', values: ['LegendOps'] } } }),
  },
});

export const cost: Script = async (parameters, at) => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      help: { type: 'boolean', default: false },
      month: { type: 'string' },
      by: { type: 'string', default: 'Environment' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      subscription: { type: 'string' },
    },
  });
  if (values.help) {
    at.write(usage);
    return 0;
  }
  const by = tags.find((tag) => tag === values.by);
  if (by === undefined) throw new Refused(`--by is ${values.by}: ${tags.join(', ')}`);
  const period = periodOf(values.month, at.now());
  const subscription = subscriptionOf(values.subscription, at);
  const body = question(by, period, values.all);
  const lines: Line[] = [];
  const start = `/subscriptions/${subscription}/providers/Microsoft.CostManagement/query?api-version=2025-03-01`;
  for (let next: string | null | undefined = start; next;) {
    // Pages are asked for with the whole question again.
    const page: CostPage = await at.arm.ask('POST', next, body);
    lines.push(...linesOf(page));
    next = page.properties.nextLink;
  }
  if (values.json) at.write(JSON.stringify(lines));
  else {
    at.write(`From ${period.from.slice(0, 10)} to ${period.to.slice(0, 10)}, subscription ${subscription}:`);
    at.write(costTable(lines, by));
  }
  return 0;
};
