import { z } from 'zod';
import type { Step } from './calculator.ts';
import { oneOf, positive, temperature, yesOrNo } from './fields.ts';
import { exactlyOne, refuse } from './refusal.ts';
import {
  awgDiameterMm,
  awgSource,
  circleAreaMm2,
  circularMilsOf,
  gauges,
  metresPerFoot,
  type Gauge,
} from './tables/awg.ts';
import { table8CircularMils, table8OhmPerKft, table8Source, type Material } from './tables/nec-table-8.ts';

export const conductorFields = {
  awg: oneOf(gauges, 'Gauge: a number, or "1/0" to "4/0"').optional(),
  mm2: positive('mm²', 'Cross section, instead of a gauge', 2000).optional(),
  material: oneOf(['copper', 'aluminium'], 'Metal').default('copper'),
};

/** As an object inside an input; stranded unless it says otherwise. */
export const conductorInput = z
  .strictObject({ ...conductorFields, stranded: yesOrNo('Stranded rather than solid').default(true) })
  .meta({ unit: '', description: 'Conductor by awg or by mm2' });

export const conductorCInput = (usualC: number) =>
  temperature(`Temperature of the conductor; ${usualC} °C where none is given`).default(usualC);

export interface Conductor {
  awg?: Gauge | undefined;
  mm2?: number | undefined;
  material: Material;
  stranded: boolean;
}

export const resistivitySource = 'IEC 60028: annealed copper 1/58 Ω·mm²/m at 20 °C; IEC 60889: aluminium 0.028264';
const coefficientSource =
  'NEC 2023 chapter 9 table 8 note: 0.00323 (Cu) and 0.0033 (Al) at 75 °C, that is 0.00393 and 0.00403 at 20 °C';
const resistivity20 = { copper: 1 / 58, aluminium: 0.028264 } as const;
const coefficient20 = { copper: 0.00393, aluminium: 0.00403 } as const;

/**
 * Wires of a strand lie aslant: table 8 has them at 2 % more than solid from 18 to 8 AWG. Finer cores are made of a few wires whose
 * section is above the gauge's, so nothing is added there.
 */
const strandingFactor = 1.02;
const layOf = (gauge: Gauge): number => (typeof gauge === 'string' || gauge <= 18 ? strandingFactor : 1);
const table8C = 75;

export const conductorConstants = [
  { name: 'resistivity of copper at 20 °C', value: '1/58', unit: 'Ω·mm²/m', source: resistivitySource },
  { name: 'resistivity of aluminium at 20 °C', value: 0.028264, unit: 'Ω·mm²/m', source: resistivitySource },
  {
    name: 'temperature coefficient at 20 °C, copper',
    value: coefficient20.copper,
    unit: '1/K',
    source: coefficientSource,
  },
  {
    name: 'temperature coefficient at 20 °C, aluminium',
    value: coefficient20.aluminium,
    unit: '1/K',
    source: coefficientSource,
  },
  { name: 'stranded over solid, to 18 AWG, where table 8 has no row', value: strandingFactor, source: table8Source },
  { name: 'resistance at 75 °C by gauge', value: 'table 8', unit: 'Ω/1000 ft', source: table8Source },
];

/** R(T)/R(20 °C). */
const warmth = (material: Material, temperatureC: number): number => 1 + coefficient20[material] * (temperatureC - 20);

export const sizeGivenOnce = ({ awg, mm2 }: Pick<Conductor, 'awg' | 'mm2'>, within = 'conductor.'): void =>
  exactlyOne({ awg, mm2 }, ['awg', 'mm2'], within);

export const conductorAreaMm2 = ({ awg, mm2 }: Pick<Conductor, 'awg' | 'mm2'>): number =>
  awg === undefined ? (mm2 ?? NaN) : circleAreaMm2(awgDiameterMm(awg));

/** As the NEC prints it where it has the gauge. */
export const conductorCircularMils = (conductor: Pick<Conductor, 'awg' | 'mm2'>): number =>
  (conductor.awg === undefined ? undefined : table8CircularMils(conductor.awg)) ??
  circularMilsOf(conductorAreaMm2(conductor));

/** R(T)/R(75 °C), for figures that are printed at 75 °C. */
export const warmthSince75 = (material: Material, temperatureC: number): number =>
  warmth(material, temperatureC) / warmth(material, table8C);

/** Ω/km at a temperature, from NEC table 8 where that has the conductor, by resistivity where not. */
export const conductorResistance = (conductor: Conductor, temperatureC: number): Step => {
  const { awg, material, stranded } = conductor;
  if (warmth(material, temperatureC) <= 0)
    refuse('conductorC', 'too-small', 'No resistance is known so far below zero');
  const per1000ft = awg === undefined ? undefined : table8OhmPerKft(awg, material, stranded);
  if (per1000ft !== undefined)
    return {
      formula: 'R = R75 / 0.3048 · (1 + α·(T − 20)) / (1 + α·(75 − 20))',
      inputs: { R75OhmPer1000ft: per1000ft, alpha: coefficient20[material], T: temperatureC },
      value: (per1000ft / metresPerFoot) * warmthSince75(material, temperatureC),
      unit: 'Ω/km',
      source: table8Source,
    };
  const areaMm2 = conductorAreaMm2(conductor);
  const lay = stranded && awg !== undefined ? layOf(awg) : 1;
  return {
    formula: 'R = 1000 · ρ20 / S · lay · (1 + α·(T − 20))',
    inputs: { rho20: resistivity20[material], areaMm2, lay, alpha: coefficient20[material], T: temperatureC },
    value: ((1000 * resistivity20[material]) / areaMm2) * lay * warmth(material, temperatureC),
    unit: 'Ω/km',
    source: awg === undefined ? resistivitySource : `${resistivitySource}; ${awgSource}`,
  };
};
