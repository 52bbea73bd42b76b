import { z } from 'zod';
import { calculator, type Warning } from '../calculator.ts';
import { count, figure, oneOf, positive, whole, yesOrNo } from '../fields.ts';
import { atMost, wholeBelow } from '../rounding.ts';
import { bundleSource, mostCablesInBundle, poeClasses, poeClassSource, sourceWatts } from '../tables/poe.ts';

export const poeBudget = calculator({
  id: 'poe-budget',
  version: 1,
  title: 'Power budget of a switch',
  profiles: { 'tia-nec': 'IEEE 802.3-2022, TIA TSB-184-A', 'iso-iec': 'IEEE 802.3-2022, TIA TSB-184-A' },
  input: {
    ports: z
      .array(
        z
          .strictObject({
            class: oneOf(poeClasses, 'Class of the devices'),
            count: count('Ports of this class', { least: 0 }),
          })
          .meta({ unit: '', description: 'Ports of one class' }),
      )
      .min(1)
      .max(500)
      .meta({ unit: '', description: 'By class, in the order in which they are powered' }),
    budgetW: positive('W', 'What the supply gives to ports'),
    bundle: count('Cables of the largest bundle').optional(),
  },
  output: {
    requiredW: figure('W', 'Of all ports at their class'),
    fits: yesOrNo('The budget covers all ports'),
    portsThatFit: whole('Ports powered in the order given, until one finds too little left'),
  },
  constants: poeClasses.map((poeClass) => ({
    name: `class ${poeClass} at the source`,
    value: sourceWatts(poeClass),
    unit: 'W',
    source: poeClassSource,
  })),
  calculate: ({ ports, budgetW, bundle }) => {
    const requiredW = ports.reduce((sum, port) => sum + port.count * sourceWatts(port.class), 0);
    let leftW = budgetW;
    let portsThatFit = 0;
    for (const port of ports) {
      const powered = Math.min(port.count, wholeBelow(leftW / sourceWatts(port.class)));
      portsThatFit += powered;
      leftW = Math.max(0, leftW - powered * sourceWatts(port.class));
      if (powered < port.count) break;
    }
    const fits = atMost(requiredW, budgetW);
    const warnings: Warning[] = [];
    if (!fits)
      warnings.push({
        code: 'budget-exceeded',
        detail: 'Not every port can draw its class at once',
        limit: budgetW,
        actual: requiredW,
        unit: 'W',
        source: poeClassSource,
      });
    if (bundle !== undefined && bundle > mostCablesInBundle)
      warnings.push({
        code: 'bundle-too-large',
        detail: 'Split the bundle, or compute its rise of temperature',
        limit: mostCablesInBundle,
        actual: bundle,
        unit: '1',
        source: bundleSource,
      });
    return {
      output: { requiredW, fits, portsThatFit },
      steps: [
        {
          formula: 'required = Σ count · power of the class at the source',
          inputs: { entries: ports.length },
          value: requiredW,
          unit: 'W',
          source: poeClassSource,
        },
        {
          formula: 'ports that fit, in the order given',
          inputs: { budgetW },
          value: portsThatFit,
          unit: '1',
          source: poeClassSource,
        },
      ],
      warnings,
    };
  },
});
