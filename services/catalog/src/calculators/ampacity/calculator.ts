import { calculator, type Warning } from '../calculator.ts';
import { conductorInput, sizeGivenOnce } from '../conductor-input.ts';
import { count, figure, oneOf, positive, temperature } from '../fields.ts';
import { atMost } from '../rounding.ts';
import {
  iecAmbientSource,
  iecAmpacitySource,
  iecGroupingSource,
  iecInsulations,
  iecMethods,
  iecSizes,
} from '../tables/iec-ampacity.ts';
import {
  ambientSource,
  ampacitySource,
  bundlingSource,
  necColumns,
  overcurrentSource,
} from '../tables/nec-ampacity.ts';
import { iecCurrent } from './iec-current.ts';
import { necCurrent } from './nec-current.ts';

const continuousSource = 'NEC 2023 210.19(A)(1): conductors of a continuous load carry 125 % of it';

export const ampacity = calculator({
  id: 'ampacity',
  version: 1,
  title: 'Current that a conductor may carry',
  profiles: { 'tia-nec': 'NEC 2023', 'iso-iec': 'IEC 60364-5-52:2009' },
  input: {
    conductor: conductorInput,
    insulationC: oneOf([60, 70, 75, 90], 'Temperature of the insulation: 60, 75, 90 (NEC); 70 PVC, 90 XLPE (IEC)'),
    ambientC: temperature('Around the cable').default(30),
    currentCarrying: count('Current-carrying conductors that lie together', { atMost: 1000 }),
    terminalC: oneOf(necColumns, 'Rating of the terminals (NEC)').optional(),
    continuousLoadA: positive('A', 'Continuous load', 100_000).optional(),
    method: oneOf(iecMethods, 'Reference method of installation (IEC)').optional(),
    loadedPerCircuit: oneOf(
      [2, 3],
      'Loaded conductors of a circuit (IEC); 3 where 3 conductors lie together, else 2',
    ).optional(),
  },
  output: {
    baseA: figure('A', 'By the table'),
    ambientFactor: figure('1', 'For the ambient temperature'),
    bundleFactor: figure('1', 'For the conductors that lie together'),
    allowedA: figure('A', 'With all factors, and not above the terminals'),
    requiredA: figure('A', 'What the continuous load asks for').optional(),
  },
  constants: [
    { name: 'ampacity by gauge', value: 'table 310.16', unit: 'A', source: ampacitySource },
    { name: 'factor of the ambient temperature', value: 'table 310.15(B)(1)(1)', source: ambientSource },
    {
      name: 'factor of bundling',
      value: '4–6 80 %, 7–9 70 %, 10–20 50 %, 21–30 45 %, 31–40 40 %, more 35 %',
      source: bundlingSource,
    },
    {
      name: 'overcurrent of small conductors',
      value: '14 AWG 15 A, 12 AWG 20 A, 10 AWG 30 A',
      unit: 'A',
      source: overcurrentSource,
    },
    { name: 'continuous load', value: 125, unit: '%', source: continuousSource },
    {
      name: `current by section (${Math.min(...iecSizes)} to ${Math.max(...iecSizes)} mm², insulation ${iecInsulations.join(' and ')} °C)`,
      value: 'tables B.52.2 to B.52.5',
      unit: 'A',
      source: iecAmpacitySource,
    },
    { name: 'factor of the ambient temperature, IEC', value: 'table B.52.14', source: iecAmbientSource },
    { name: 'factor of grouping, IEC', value: 'table B.52.17 item 1', source: iecGroupingSource },
  ],
  calculate: (input, profile) => {
    sizeGivenOnce(input.conductor);
    const { continuousLoadA } = input;
    const {
      baseA,
      ambientFactor,
      bundleFactor,
      allowedA,
      steps,
      warnings: found,
    } = profile === 'iso-iec' ? iecCurrent(input) : necCurrent(input);
    // IEC sizes by the design current itself; the quarter on top is the NEC's.
    const margin = profile === 'iso-iec' ? 1 : 1.25;
    const requiredA = continuousLoadA === undefined ? undefined : continuousLoadA * margin;
    const source =
      profile === 'iso-iec' ? 'IEC 60364-4-43: the design current is at most the current allowed' : continuousSource;
    const warnings: Warning[] = [...found];
    if (requiredA !== undefined && !atMost(requiredA, allowedA))
      warnings.push({
        code: 'ampacity-exceeded',
        detail: 'The load asks for more than the conductor may carry',
        limit: allowedA,
        actual: requiredA,
        unit: 'A',
        source,
      });
    return {
      output: { baseA, ambientFactor, bundleFactor, allowedA, ...(requiredA !== undefined && { requiredA }) },
      steps: [
        ...steps,
        ...(requiredA !== undefined && continuousLoadA !== undefined
          ? [
              {
                formula: `required = ${margin} · load`,
                inputs: { load: continuousLoadA },
                value: requiredA,
                unit: 'A',
                source,
              },
            ]
          : []),
      ],
      warnings,
    };
  },
});
