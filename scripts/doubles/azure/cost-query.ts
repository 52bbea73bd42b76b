import * as z from 'zod';
import type { Cost } from './account.ts';
import { AzureError } from './azure-error.ts';

const Query = z.object({
  type: z.enum(['ActualCost', 'AmortizedCost', 'Usage']),
  timeframe: z.literal('Custom'),
  timePeriod: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  dataset: z.object({
    granularity: z.literal('None'),
    aggregation: z.object({ totalCost: z.object({ name: z.literal('Cost'), function: z.literal('Sum') }) }),
    // The service takes two and no more.
    grouping: z.array(z.object({ type: z.enum(['TagKey', 'Dimension']), name: z.string() })).max(2),
    filter: z
      .object({ tags: z.object({ name: z.string(), operator: z.literal('In'), values: z.array(z.string()) }) })
      .optional(),
  }),
});

type Query = z.infer<typeof Query>;

const pageSize = 5;

const keyOf = (cost: Cost, grouping: Query['dataset']['grouping']): string[] =>
  grouping.flatMap(({ type, name }) =>
    type === 'TagKey' ? [name.toLowerCase(), cost.tags[name] ?? ''] : [name === 'ServiceName' ? cost.service : ''],
  );

/** Sums by what was asked for, a page at a time; where to go on is asked by POST, too. */
export const costReport = (costs: readonly Cost[], body: unknown, req: { url: string }, url: string) => {
  const parsed = Query.safeParse(body);
  if (!parsed.success)
    throw new AzureError(400, 'BadRequest', `Invalid query definition: ${parsed.error.issues[0]?.path.join('.')}`);
  const { timePeriod, dataset } = parsed.data;
  const [from, to] = [timePeriod.from.slice(0, 10), timePeriod.to.slice(0, 10)];
  const sums = new Map<string, { key: string[]; sum: number }>();
  for (const cost of costs) {
    const { tags } = dataset.filter ?? {};
    if (cost.day < from || cost.day > to) continue;
    if (tags && !tags.values.includes(cost.tags[tags.name] ?? '')) continue;
    const key = keyOf(cost, dataset.grouping);
    const entry = sums.get(JSON.stringify(key)) ?? { key, sum: 0 };
    entry.sum += cost.cost;
    sums.set(JSON.stringify(key), entry);
  }
  const rows = [...sums.values()].map(({ key, sum }) => [sum, ...key, 'USD']);
  const columns = [
    'Cost',
    ...dataset.grouping.flatMap(({ type, name }) => (type === 'TagKey' ? ['TagKey', 'TagValue'] : [name])),
    'Currency',
  ];
  const here = new URL(`/subscriptions${req.url}`, url);
  const start = Number(here.searchParams.get('$skiptoken') ?? 0);
  const end = start + pageSize;
  here.searchParams.set('$skiptoken', String(end));
  return {
    properties: {
      nextLink: end < rows.length ? here.href : null,
      columns: columns.map((name) => ({ name })),
      rows: rows.slice(start, end),
    },
  };
};
