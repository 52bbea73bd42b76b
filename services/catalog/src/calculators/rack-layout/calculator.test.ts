import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, examples, figureOf, refusals, warningsOf } from '../testing/cases.ts';

const id = 'rack-layout';
const rack = { ports: 96, panelPorts: 24, rackUnits: 42 };

describe('published', () => {
  examples(id, [
    { source: 'four panels of 1U', input: rack, output: { usedUnits: 4, freeUnits: 38, fits: true, panels: 4 } },
    { source: 'a 48-port panel takes 2U', input: { ...rack, panelPorts: 48 }, output: { usedUnits: 4, panels: 2 } },
    { source: 'a manager for each panel', input: { ...rack, managers: 4 }, output: { usedUnits: 8, freeUnits: 34 } },
    {
      source: '10 % of 100 ports are 110, not 111',
      input: { ...rack, ports: 100, growthPercent: 10, panelPorts: 24 },
      output: { panels: 5, usedUnits: 5 },
    },
    {
      source: '10 % of 480 ports fill 22 panels to the last port',
      input: { ...rack, ports: 480, growthPercent: 10 },
      output: { panels: 22 },
    },
    {
      source: 'more than the rack has',
      input: { ...rack, rackUnits: 3 },
      output: { usedUnits: 4, freeUnits: -1, fits: false },
    },
  ]);
});

it('needs no less for more ports, and always a port for each', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(24, 48),
      (ports, growthPercent, panelPorts) => {
        const given = { ...rack, ports, growthPercent, panelPorts };
        const panels = figureOf(id, given, 'panels');
        expect(figureOf(id, { ...given, ports: ports + 1 }, 'panels')).toBeGreaterThanOrEqual(panels);
        expect(panels * panelPorts).toBeGreaterThanOrEqual(ports * (1 + growthPercent / 100) - 1e-6);
        const { usedUnits, freeUnits } = answered(id, given);
        expect(Number(usedUnits) + Number(freeUnits)).toBe(42);
      },
    ),
  );
});

it('warns of a rack that is over-full', () => {
  expect(warningsOf(id, { ...rack, rackUnits: 4 })).toEqual([]);
  expect(warningsOf(id, { ...rack, rackUnits: 3 })).toEqual(['rack-over-full']);
});

refusals(id, [
  [{ ...rack, panelPorts: 32 }, 'panelPorts', 'unknown-value'],
  [{ ...rack, ports: 0 }, 'ports', 'too-small'],
  [{ ...rack, managers: -1 }, 'managers', 'too-small'],
  [{ ...rack, growthPercent: -1 }, 'growthPercent', 'too-small'],
]);
