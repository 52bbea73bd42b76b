import { z } from 'zod';
import { calculator, type Step, type Warning } from '../calculator.ts';
import { count, figure, oneOf, positive, whole, yesOrNo } from '../fields.ts';
import { atMost } from '../rounding.ts';
import { gauges, mmPerInch2 } from '../tables/awg.ts';
import {
  bendSource,
  boreAreaIn2,
  conduitAreaIn2,
  conduitSource,
  conduitTypes,
  fillSource,
  insulatedSource,
  insulations,
  note7Source,
  tradeSizes,
  type TradeSize,
} from '../tables/conduit.ts';
import { cableAreaMm2 } from './cable-area.ts';
import { bendFactor, fillLimit, mostConductors } from './fill-limit.ts';

const cable = z
  .strictObject({
    diameterMm: positive('mm', 'Outer diameter', 500).optional(),
    areaMm2: positive('mm²', 'Area with insulation', 200_000).optional(),
    insulation: oneOf(insulations, 'Insulation of a building wire, with its gauge').optional(),
    awg: oneOf(gauges, 'Gauge of a building wire').optional(),
    count: count('How many'),
  })
  .meta({ unit: '', description: 'Cables of one kind, sized in one way; a cable of several conductors is one circle' });

const same = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-9 * Math.max(one, other);

export const conduitFill = calculator({
  id: 'conduit-fill',
  version: 1,
  title: 'Fill of a conduit',
  profiles: { 'tia-nec': 'NEC 2023 chapter 9' },
  input: {
    conduit: z
      .strictObject({
        type: oneOf(conduitTypes, 'Kind of conduit'),
        tradeSize: oneOf(tradeSizes, 'Trade size; without one the smallest that fits is taken').optional(),
      })
      .meta({ unit: '', description: 'Conduit' }),
    cables: z.array(cable).min(1).max(200).meta({ unit: '', description: 'What lies in it' }),
    bends: count('Bends of 90° between pull points', { least: 0, atMost: 4 }).default(0),
  },
  output: {
    fillPercent: figure('%', 'Cables in the conduit'),
    limitPercent: figure('%', 'Of so many cables, after the bends'),
    fits: yesOrNo('They may lie in it'),
    maxCount: whole('Most cables, where all are of one size').optional(),
    smallestTradeSize: z
      .string()
      .nullable()
      .meta({ unit: '', description: 'Smallest trade size that takes them; null where none does' }),
  },
  constants: [
    { name: 'fill limits', value: '53, 31, 40', unit: '%', source: fillSource },
    { name: 'rounding up', value: 0.8, source: note7Source },
    { name: 'less for a bend', value: 15, unit: '%', source: bendSource },
    ...conduitTypes.map((type) => ({
      name: `areas of ${type} by trade size`,
      value: tradeSizes.map((size) => `${size}: ${conduitAreaIn2(type, size)}`).join(', '),
      unit: 'in²',
      source: conduitSource,
    })),
    { name: 'areas of building wires', value: 'table 5', unit: 'in²', source: insulatedSource },
  ],
  calculate: ({ conduit, cables, bends }) => {
    const areas = cables.map((entry, index) => cableAreaMm2(entry, `cables[${index}].`));
    const total = cables.reduce((sum, entry) => sum + entry.count, 0);
    const cablesMm2 = cables.reduce((sum, entry, index) => sum + entry.count * (areas[index] ?? NaN), 0);
    const [one = NaN] = areas;
    const alike = areas.every((area) => same(area, one));
    const limit = fillLimit(total) * bendFactor(bends);
    const areaOf = (size: TradeSize): number => conduitAreaIn2(conduit.type, size) * mmPerInch2;
    const mostIn = (size: TradeSize): number =>
      mostConductors(boreAreaIn2(conduit.type, size) * mmPerInch2, one, bends);
    const takes = (size: TradeSize): boolean =>
      alike ? total <= mostIn(size) : atMost(cablesMm2, limit * areaOf(size));
    const smallestTradeSize = tradeSizes.find(takes) ?? null;
    const size = conduit.tradeSize ?? smallestTradeSize ?? '4';
    const fillPercent = (cablesMm2 / areaOf(size)) * 100;
    const limitPercent = limit * 100;
    const fits = takes(size);
    const steps: Step[] = [
      {
        formula: 'cables = Σ count · area',
        inputs: { kinds: cables.length, total },
        value: cablesMm2,
        unit: 'mm²',
        source: insulatedSource,
      },
      {
        formula: 'conduit = area of the trade size',
        inputs: { type: conduit.type, size },
        value: areaOf(size),
        unit: 'mm²',
        source: conduitSource,
      },
      {
        formula: 'fill = cables / conduit',
        inputs: { cablesMm2, conduitMm2: areaOf(size) },
        value: fillPercent,
        unit: '%',
        source: fillSource,
      },
      {
        formula: 'limit = 53, 31 or 40 % · (1 − 0.15 · bends)',
        inputs: { total, bends },
        value: limitPercent,
        unit: '%',
        source: bends > 0 ? `${fillSource}; ${bendSource}` : fillSource,
      },
    ];
    if (alike)
      steps.push({
        formula: 'most = largest n that its own limit takes, 0.8 counting as one',
        inputs: { areaMm2: one, bends },
        value: mostIn(size),
        unit: '1',
        source: note7Source,
      });
    const over = !atMost(fillPercent, limitPercent);
    const warnings: Warning[] = [];
    if (over)
      warnings.push({
        code: fits ? 'fill-rounded-up' : 'conduit-over-full',
        detail: fits
          ? 'Above the percentage, and allowed: note 7 rounds the last cable up'
          : 'More cable than the conduit may hold',
        limit: limitPercent,
        actual: fillPercent,
        unit: '%',
        source: fits ? note7Source : fillSource,
      });
    if (smallestTradeSize === null)
      warnings.push({
        code: 'no-trade-size',
        detail: `No ${conduit.type} to 4 inches takes them: use several`,
        source: conduitSource,
      });
    return {
      output: { fillPercent, limitPercent, fits, ...(alike && { maxCount: mostIn(size) }), smallestTradeSize },
      steps,
      warnings,
    };
  },
});
