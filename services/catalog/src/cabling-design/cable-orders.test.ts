import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aContent, aLink } from '../testing/a-design.ts';
import { computeDesign } from './computed.ts';

const page = readFileSync(new URL('../../../../docs/reference/cable-orders.md', import.meta.url), 'utf8');
const rows = [
  ...page.matchAll(/^\| (\w+) \| (\d+) \| (\d+) × ([\d.]+) m \| (\d+) % \| ([\d.]+) \| (\d+) \| (\d+) \|/gm),
];
const id = '0190f000-0000-7000-8000-000000000001';

/** What is ordered of one product for so many runs. */
const lineOf = (unit: string, packSize: number, { runs, runM, waste }: Record<'runs' | 'runM' | 'waste', number>) => {
  const links = Array.from({ length: runs }, (_, index) => aLink(index + 1, { runM, cableProductId: id }));
  const facts = {
    products: new Map([[id, { id, sku: 'CABLE', name: 'Cable', unit, packSize }]]),
    priceList: null,
    prices: new Map(),
  };
  return computeDesign(aContent({ links, wastePercent: waste }), facts).bill.lines[0];
};

it.each(rows.map(([, unit = '', ...figures]) => [unit, ...figures.map(Number)] as const))(
  'sold by %s, %i in a package: %i runs of %f m with %i %% waste',
  (unit, packSize = 0, runs = 0, runM = 0, waste = 0, needed, packages, quantity) => {
    expect(lineOf(unit, packSize, { runs, runM, waste })).toMatchObject({ needed, packages, quantity });
  },
);

it('has worked examples of every unit', () => {
  expect(rows).toHaveLength(11);
});

it('says that a run is longer than what it would be cut from', () => {
  const one = { runs: 1, runM: 2500, waste: 0 };
  expect(lineOf('km', 2, one)).toMatchObject({ packages: null, problem: expect.stringMatching(/cannot be counted/) });
  expect(lineOf('m', 305, one)).toMatchObject({ packages: null, problem: expect.stringMatching(/cannot be counted/) });
});
