import type { Step, Warning } from '../calculator.ts';
import { needed, refuse } from '../refusal.ts';
import {
  ambientSource,
  ampacitySource,
  bundlingSource,
  hottestAmbientC,
  necAmbientFactor,
  necAmpacity,
  necBundleFactor,
  necGauges,
  overcurrentLimitA,
  overcurrentSource,
  type NecColumn,
} from '../tables/nec-ampacity.ts';
import type { AllowedCurrent, AmpacityInput } from './allowed-current.ts';

const terminalSource =
  'NEC 2023 110.14(C): derated from the insulation’s column, not above the column of the terminals';

const columnOf = (insulationC: AmpacityInput['insulationC']): NecColumn =>
  insulationC === 70
    ? refuse('insulationC', 'unknown-value', 'One of 60, 75, 90 is needed; 70 is of the profile iso-iec')
    : insulationC;

/** By NEC table 310.16 and its factors. */
export const necCurrent = (input: AmpacityInput): AllowedCurrent => {
  const { ambientC, currentCarrying, terminalC, conductor } = input;
  for (const field of ['method', 'loadedPerCircuit'] as const)
    if (input[field] !== undefined) refuse(field, 'not-applicable', 'Only the profile iso-iec knows this');
  const column = columnOf(input.insulationC);
  const gauge = needed(conductor.awg, 'conductor.awg', 'NEC tables go by gauge; mm² is of the profile iso-iec');
  const inTable = (of: NecColumn): number =>
    necAmpacity(gauge, conductor.material, of) ??
    refuse(
      'conductor.awg',
      'unknown-value',
      `Table 310.16 has ${conductor.material} of ${necGauges(conductor.material).join(', ')}`,
    );
  const baseA = inTable(column);
  const ambientFactor =
    necAmbientFactor(ambientC, column) ??
    refuse(
      'ambientC',
      'too-large',
      `Insulation of ${column} °C is for at most ${hottestAmbientC(column)} °C around it`,
    );
  const bundleFactor = necBundleFactor(currentCarrying);
  const deratedA = baseA * ambientFactor * bundleFactor;
  const terminalA = terminalC === undefined ? Infinity : inTable(terminalC);
  const allowedA = Math.min(deratedA, terminalA);
  const steps: Step[] = [
    {
      formula: 'base = table 310.16',
      inputs: { gauge, material: conductor.material, column },
      value: baseA,
      unit: 'A',
      source: ampacitySource,
    },
    { formula: 'ambient factor', inputs: { ambientC, column }, value: ambientFactor, unit: '1', source: ambientSource },
    { formula: 'bundle factor', inputs: { currentCarrying }, value: bundleFactor, unit: '1', source: bundlingSource },
    {
      formula: 'derated = base · ambient · bundle',
      inputs: { baseA, ambientFactor, bundleFactor },
      value: deratedA,
      unit: 'A',
      source: ampacitySource,
    },
  ];
  if (terminalC !== undefined)
    steps.push({
      formula: 'allowed = min(derated, column of the terminals)',
      inputs: { deratedA, terminalA },
      value: allowedA,
      unit: 'A',
      source: terminalSource,
    });
  const overcurrentA = overcurrentLimitA(gauge, conductor.material);
  const warnings: Warning[] = [];
  if (overcurrentA !== undefined)
    warnings.push({
      code: 'overcurrent-limit',
      detail: 'The overcurrent device of this gauge is no larger, whatever the ampacity',
      limit: overcurrentA,
      actual: allowedA,
      unit: 'A',
      source: overcurrentSource,
    });
  return { baseA, ambientFactor, bundleFactor, allowedA, steps, warnings };
};
