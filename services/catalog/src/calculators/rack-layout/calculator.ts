import { z } from 'zod';
import { calculator } from '../calculator.ts';
import { count, oneOf, whole, yesOrNo } from '../fields.ts';
import { wholeAbove } from '../rounding.ts';

const source = 'A panel of 24 ports takes 1U, one of 48 ports 2U, a horizontal manager 1U (IEC 60297-3-100 units)';

export const rackLayout = calculator({
  id: 'rack-layout',
  version: 1,
  title: 'Panels and managers of a rack',
  profiles: { 'tia-nec': 'ANSI/EIA-310-E', 'iso-iec': 'IEC 60297-3-100:2008' },
  input: {
    ports: count('Ports today'),
    panelPorts: oneOf([24, 48], 'Ports of a panel'),
    managers: count('Horizontal managers of 1U', { least: 0, atMost: 1000 }).default(0),
    growthPercent: z.number().nonnegative().max(1000).default(0).meta({ unit: '%', description: 'Ports to come' }),
    rackUnits: count('Units of the rack', { atMost: 1000 }),
  },
  output: {
    usedUnits: whole('Units in use'),
    freeUnits: whole('Units left; below zero, what is missing'),
    fits: yesOrNo('The rack holds all of it'),
    panels: whole('Panels'),
  },
  constants: [
    { name: 'panel of 24 ports', value: 1, unit: 'U', source },
    { name: 'panel of 48 ports', value: 2, unit: 'U', source },
    { name: 'manager', value: 1, unit: 'U', source },
  ],
  calculate: ({ ports, panelPorts, managers, growthPercent, rackUnits }) => {
    const grown = wholeAbove((ports * (100 + growthPercent)) / 100);
    const panels = Math.ceil(grown / panelPorts);
    const usedUnits = panels * (panelPorts / 24) + managers;
    const freeUnits = rackUnits - usedUnits;
    return {
      output: { usedUnits, freeUnits, fits: freeUnits >= 0, panels },
      steps: [
        {
          formula: 'ports to come = ⌈ports · (1 + growth)⌉',
          inputs: { ports, growthPercent },
          value: grown,
          unit: '1',
          source,
        },
        {
          formula: 'panels = ⌈ports / ports of a panel⌉',
          inputs: { grown, panelPorts },
          value: panels,
          unit: '1',
          source,
        },
        {
          formula: 'used = panels · units of a panel + managers',
          inputs: { panels, managers },
          value: usedUnits,
          unit: 'U',
          source,
        },
      ],
      warnings:
        freeUnits >= 0
          ? []
          : [
              {
                code: 'rack-over-full',
                detail: 'A larger rack or a second one is needed',
                limit: rackUnits,
                actual: usedUnits,
                unit: 'U',
                source,
              },
            ],
    };
  },
});
