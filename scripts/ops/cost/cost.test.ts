import { afterEach, beforeEach, expect, it } from 'vitest';
import { startOpsWorld, subscription, type OpsWorld } from '../testing/ops-world.ts';
import { cost } from './cost.ts';
import { linesOf, type Line } from './cost-report.ts';

const ours = (environment: string) => ({ Project: 'LegendOps', Environment: environment, Owner: 'Platform team' });
const services = ['Azure Kubernetes Service', 'Azure Database for PostgreSQL', 'Front Door', 'Key Vault'];

let world: OpsWorld;
beforeEach(async () => {
  const costs = ['dev', 'prod'].flatMap((environment, index) =>
    services.flatMap((service, place) => [
      { day: '2026-11-30', service, tags: ours(environment), cost: 10 * (index + 1) + place },
      { day: '2026-12-01', service, tags: ours(environment), cost: 1 },
    ]),
  );
  const others = { day: '2026-11-05', service: 'Virtual Machines', tags: {}, cost: 500 };
  world = await startOpsWorld({ costs: [...costs, others] });
});
afterEach(() => world.close());

const lines = async (...parameters: string[]): Promise<Line[]> =>
  JSON.parse((await world.run(cost, '--json', ...parameters)).said) as Line[];

it('a month is told by environment and service, the dearest first, with its sum', async () => {
  const { status, said } = await world.run(cost, '--month', '2026-11');
  expect(status).toBe(0);
  const rows = said.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' '));
  expect(rows).toEqual([
    `From 2026-11-01 to 2026-11-30, subscription ${subscription}:`,
    '86.00 USD prod',
    '23.00 Key Vault',
    '22.00 Front Door',
    '21.00 Azure Database for PostgreSQL',
    '20.00 Azure Kubernetes Service',
    '46.00 USD dev',
    '13.00 Key Vault',
    '12.00 Front Door',
    '11.00 Azure Database for PostgreSQL',
    '10.00 Azure Kubernetes Service',
    '132.00 USD all of it',
  ]);
});

it('all pages are read: eight lines at five a page', async () => {
  expect(await lines('--month', '2026-11')).toHaveLength(8);
  expect(world.azure.faults.calls).toHaveLength(2);
});

it('the running month ends today', async () => {
  expect((await lines()).reduce((sum, line) => sum + line.cost, 0)).toBe(8);
});

it('what carries no tag of ours is told with --all alone', async () => {
  const all = await lines('--month', '2026-11', '--all');
  expect(all.filter(({ tag }) => tag === '')).toEqual([
    { tag: '', service: 'Virtual Machines', cost: 500, currency: 'USD' },
  ]);
  expect((await world.run(cost, '--month', '2026-11', '--all')).said).toContain('without the tag Environment');
});

it('by another tag of infra it is summed by that', async () => {
  expect(new Set((await lines('--month', '2026-11', '--by', 'Owner')).map(({ tag }) => tag))).toEqual(
    new Set(['Platform team']),
  );
});

it('of a month without costs it says that, and not zero', async () => {
  expect((await world.run(cost, '--month', '2026-01')).said).toContain('Azure knows nothing of it yet');
});

it('columns are found by their names', () => {
  const columns = ['Currency', 'ServiceName', 'TagValue', 'Cost'].map((name) => ({ name }));
  expect(linesOf({ properties: { columns, rows: [['EUR', 'Storage', 'dev', 1.5]] } })).toEqual([
    { tag: 'dev', service: 'Storage', cost: 1.5, currency: 'EUR' },
  ]);
  expect(() => linesOf({ properties: { columns: columns.slice(1), rows: [] } })).toThrow('no column Currency');
});

it.each([
  [['--month', '2026-13'], '--month is 2026-13'],
  [['--month', '2027-01'], 'which has not begun'],
  [['--by', 'Person'], '--by is Person'],
])('what was asked wrongly is told: %j', async (parameters, words) => {
  const { status, said } = await world.run(cost, ...parameters);
  expect(status).toBe(2);
  expect(said).toContain(words);
});

it('a role that may not look at costs is named by what was refused', async () => {
  world.azure.deny('POST', 'CostManagement');
  const { status, said } = await world.run(cost);
  expect(status).toBe(1);
  expect(said).toContain('Microsoft.CostManagement/query was refused (403 AuthorizationFailed)');
});
