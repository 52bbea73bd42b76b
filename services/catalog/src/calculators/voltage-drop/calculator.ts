import { calculator, type Step, type Warning } from '../calculator.ts';
import {
  conductorAreaMm2,
  conductorCInput,
  conductorCircularMils,
  conductorConstants,
  conductorInput,
  conductorResistance,
  sizeGivenOnce,
  warmthSince75,
  type Conductor,
} from '../conductor-input.ts';
import { figure, oneOf, positive } from '../fields.ts';
import { atMost } from '../rounding.ts';
import { fromMemory } from '../unconfirmed.ts';
import { metresPerFoot } from '../tables/awg.ts';

const kSource =
  'K = R·CM/1000 at 75 °C: 12.9 Ω·cmil/ft of copper, 21.2 of aluminium; VD = 2·K·I·D/CM, √3 for three phases';
const tableSource = 'VD = 2·L·R·I, √3 for three phases, with R of NEC 2023 chapter 9 table 8';
const iecSource =
  'IEC 60364-5-52:2009 annex G: u = b·(ρ1·L/S·cos φ + λ·L·sin φ)·I; ρ1 0.0225 (Cu), 0.036 (Al) Ω·mm²/m, λ 0.08 mΩ/m (alike in two public calculators)';
const cosPhiSource = fromMemory('IEC 60364-5-52:2009 annex G, cos φ 0.8 where none is known');
const limitSource = 'NEC 2023 210.19 and 215.2 informational notes: 3 % on a branch, 5 % in total';

const k75 = { copper: 12.9, aluminium: 21.2 } as const;
const rho1 = { copper: 0.0225, aluminium: 0.036 } as const;
const lambda = 0.08e-3;
const usualCosPhi = 0.8;

type System = 'dc' | 'single-phase' | 'three-phase';
interface Line {
  system: System;
  currentA: number;
  lengthM: number;
  conductor: Conductor;
  conductorC: number;
  cosPhi: number | undefined;
}

/** Conductors that the current passes, as seen at the voltage between two of them. */
const waysOf = (system: System): number => (system === 'three-phase' ? Math.sqrt(3) : 2);

const byK = ({ system, currentA, lengthM, conductor, conductorC }: Line): Step[] => {
  const k = k75[conductor.material] * warmthSince75(conductor.material, conductorC);
  const circularMils = conductorCircularMils(conductor);
  const feet = lengthM / metresPerFoot;
  return [
    {
      formula: 'VD = ways · K · I · D / CM',
      inputs: { ways: waysOf(system), K: k, I: currentA, Dft: feet, CM: circularMils },
      value: (waysOf(system) * k * currentA * feet) / circularMils,
      unit: 'V',
      source: kSource,
    },
  ];
};

const byTable = ({ system, currentA, lengthM, conductor, conductorC }: Line): Step[] => {
  const resistance = conductorResistance(conductor, conductorC);
  return [
    resistance,
    {
      formula: 'VD = ways · R · L · I',
      inputs: { ways: waysOf(system), R: resistance.value, L: lengthM, I: currentA },
      value: (waysOf(system) * resistance.value * lengthM * currentA) / 1000,
      unit: 'V',
      source: tableSource,
    },
  ];
};

const byIec = ({ system, currentA, lengthM, conductor, cosPhi: given }: Line): Step[] => {
  const cosPhi = given ?? usualCosPhi;
  const areaMm2 = conductorAreaMm2(conductor);
  const alternating = system !== 'dc';
  const active = (rho1[conductor.material] * lengthM * (alternating ? cosPhi : 1)) / areaMm2;
  const reactive = alternating ? lambda * lengthM * Math.sqrt(1 - cosPhi ** 2) : 0;
  return [
    {
      formula: alternating ? 'u = ways · (ρ1·L/S·cos φ + λ·L·sin φ) · I' : 'u = 2 · ρ1·L/S · I',
      inputs: {
        ways: waysOf(system),
        rho1: rho1[conductor.material],
        L: lengthM,
        S: areaMm2,
        cosPhi,
        lambda,
        I: currentA,
      },
      value: waysOf(system) * (active + reactive) * currentA,
      unit: 'V',
      source: alternating && given === undefined ? `${iecSource}; ${cosPhiSource}` : iecSource,
    },
  ];
};

const methods = { k: byK, table: byTable, iec: byIec } as const;

export const voltageDrop = calculator({
  id: 'voltage-drop',
  version: 1,
  title: 'Voltage drop of a line',
  profiles: { 'tia-nec': 'NEC 2023', 'iso-iec': 'IEC 60364-5-52:2009' },
  input: {
    system: oneOf(
      ['dc', 'single-phase', 'three-phase'],
      'Kind of current; three phases by the voltage between two of them',
    ),
    currentA: positive('A', 'Current of a conductor', 100_000),
    lengthM: positive('m', 'One way'),
    conductor: conductorInput,
    conductorC: conductorCInput(75),
    voltageV: positive('V', 'Nominal voltage, between lines where there are three phases', 100_000),
    method: oneOf(['k', 'table', 'iec'], 'By the constant K, by table 8, or by IEC 60364-5-52 annex G').default(
      'table',
    ),
    cosPhi: positive('1', 'Power factor; of method iec alone', 1).optional(),
  },
  output: { dropV: figure('V', 'Voltage drop'), dropPercent: figure('%', 'Of the nominal voltage') },
  constants: [
    { name: 'K of copper at 75 °C', value: k75.copper, unit: 'Ω·cmil/ft', source: kSource },
    { name: 'K of aluminium at 75 °C', value: k75.aluminium, unit: 'Ω·cmil/ft', source: kSource },
    { name: 'ρ1 of copper', value: rho1.copper, unit: 'Ω·mm²/m', source: iecSource },
    { name: 'ρ1 of aluminium', value: rho1.aluminium, unit: 'Ω·mm²/m', source: iecSource },
    { name: 'λ', value: 0.08, unit: 'mΩ/m', source: iecSource },
    { name: 'cos φ where none is given', value: usualCosPhi, source: cosPhiSource },
    { name: 'drop of a branch', value: 3, unit: '%', source: limitSource },
    { name: 'drop in total', value: 5, unit: '%', source: limitSource },
    ...conductorConstants,
  ],
  calculate: ({ system, currentA, lengthM, conductor, conductorC, voltageV, method, cosPhi }) => {
    sizeGivenOnce(conductor);
    const steps = methods[method]({ system, currentA, lengthM, conductor, conductorC, cosPhi });
    const dropV = steps.at(-1)?.value ?? NaN;
    const dropPercent = (dropV / voltageV) * 100;
    const warnings: Warning[] = [];
    if (cosPhi !== undefined && (method !== 'iec' || system === 'dc'))
      warnings.push({
        code: 'cos-phi-not-used',
        detail: 'Only method iec with alternating current knows a power factor',
        actual: cosPhi,
        unit: '1',
        source: iecSource,
      });
    if (method === 'iec' && conductorC !== 75)
      warnings.push({
        code: 'conductor-temperature-not-used',
        detail: 'ρ1 holds for the conductor’s working temperature',
        actual: conductorC,
        unit: '°C',
        source: iecSource,
      });
    if (!atMost(dropPercent, 5))
      warnings.push({
        code: 'drop-over-total',
        detail: 'More than feeder and branch together should lose',
        limit: 5,
        actual: dropPercent,
        unit: '%',
        source: limitSource,
      });
    else if (!atMost(dropPercent, 3))
      warnings.push({
        code: 'drop-over-branch',
        detail: 'More than a branch should lose',
        limit: 3,
        actual: dropPercent,
        unit: '%',
        source: limitSource,
      });
    return {
      output: { dropV, dropPercent },
      steps: [
        ...steps,
        {
          formula: 'drop = VD / V',
          inputs: { VD: dropV, V: voltageV },
          value: dropPercent,
          unit: '%',
          source: limitSource,
        },
      ],
      warnings,
    };
  },
});
