import { needed, refuse } from '../refusal.ts';
import {
  hottestIecAmbientC,
  iecAmbientFactor,
  iecAmbientSource,
  iecAmpacity,
  iecAmpacitySource,
  iecGroupingFactor,
  iecGroupingSource,
  iecMethods,
  iecSizes,
  mostIecCircuits,
  type IecInsulation,
} from '../tables/iec-ampacity.ts';
import type { AllowedCurrent, AmpacityInput } from './allowed-current.ts';

const insulationOf = (insulationC: AmpacityInput['insulationC']): IecInsulation =>
  insulationC === 70 || insulationC === 90
    ? insulationC
    : refuse(
        'insulationC',
        'unknown-value',
        'One of 70 (PVC), 90 (XLPE) is needed; 60 and 75 are of the profile tia-nec',
      );

/** By IEC 60364-5-52 annex B, copper in air. */
export const iecCurrent = (input: AmpacityInput): AllowedCurrent => {
  const { conductor, ambientC, currentCarrying } = input;
  if (input.terminalC !== undefined) refuse('terminalC', 'not-applicable', 'Only the profile tia-nec knows this');
  const insulation = insulationOf(input.insulationC);
  const method = needed(input.method, 'method', `One of ${iecMethods.join(', ')} is needed`);
  const mm2 = needed(conductor.mm2, 'conductor.mm2', 'IEC tables go by mm²; gauges are of the profile tia-nec');
  if (conductor.material !== 'copper')
    refuse('conductor.material', 'not-covered', 'Only copper: no aluminium table was found twice in public');
  const loaded = input.loadedPerCircuit ?? (currentCarrying === 3 ? 3 : 2);
  const circuits = Math.ceil(currentCarrying / loaded);
  const baseA =
    iecAmpacity(mm2, { insulation, method, loaded }) ??
    refuse('conductor.mm2', 'unknown-value', `One of ${iecSizes.join(', ')} mm² is needed`);
  const ambientFactor =
    iecAmbientFactor(ambientC, insulation) ??
    refuse(
      'ambientC',
      'too-large',
      `Insulation of ${insulation} °C is for at most ${hottestIecAmbientC(insulation)} °C around it`,
    );
  const bundleFactor =
    iecGroupingFactor(circuits) ??
    refuse(
      'currentCarrying',
      'too-large',
      `The grouping table ends at ${mostIecCircuits} circuits, ${mostIecCircuits * loaded} conductors`,
    );
  const allowedA = baseA * ambientFactor * bundleFactor;
  return {
    baseA,
    ambientFactor,
    bundleFactor,
    allowedA,
    steps: [
      {
        formula: 'base = table of the insulation and of the loaded conductors',
        inputs: { mm2, insulation, method, loaded },
        value: baseA,
        unit: 'A',
        source: iecAmpacitySource,
      },
      {
        formula: 'ambient factor',
        inputs: { ambientC, insulation },
        value: ambientFactor,
        unit: '1',
        source: iecAmbientSource,
      },
      {
        formula: 'grouping factor of ⌈conductors / loaded⌉ circuits',
        inputs: { currentCarrying, loaded, circuits },
        value: bundleFactor,
        unit: '1',
        source: iecGroupingSource,
      },
      {
        formula: 'allowed = base · ambient · grouping',
        inputs: { baseA, ambientFactor, bundleFactor },
        value: allowedA,
        unit: 'A',
        source: iecAmpacitySource,
      },
    ],
    warnings: [],
  };
};
