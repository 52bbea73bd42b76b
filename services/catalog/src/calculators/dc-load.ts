import type { Step } from './calculator.ts';
import { refuse } from './refusal.ts';

export interface DcLoad {
  sourceV: number;
  /** Out and back. */
  loopOhm: number;
  currentA?: number | undefined;
  powerW?: number | undefined;
}

export interface DcState {
  currentA: number;
  deviceV: number;
  steps: Step[];
}

const source = 'Ohm’s law; for constant power V = (Vs + √(Vs² − 4·P·R)) / 2, the stable root';

/** The working point of a load behind a line. Refused, by the name of the load's field, where there is none. */
export const dcWorkingPoint = ({ sourceV, loopOhm, currentA, powerW }: DcLoad, loadField: string): DcState => {
  if (powerW !== undefined) {
    const root = sourceV ** 2 - 4 * powerW * loopOhm;
    if (root < 0)
      refuse(
        loadField,
        'cannot-supply',
        `Over this line no more than ${(sourceV ** 2 / 4 / loopOhm).toFixed(2)} W reach a load`,
      );
    const deviceV = (sourceV + Math.sqrt(root)) / 2;
    const current = powerW / deviceV;
    return {
      currentA: current,
      deviceV,
      steps: [
        {
          formula: 'V = (Vs + √(Vs² − 4·P·R)) / 2',
          inputs: { Vs: sourceV, P: powerW, R: loopOhm },
          value: deviceV,
          unit: 'V',
          source,
        },
        { formula: 'I = P / V', inputs: { P: powerW, V: deviceV }, value: current, unit: 'A', source },
      ],
    };
  }
  const current = currentA ?? 0;
  const deviceV = sourceV - current * loopOhm;
  if (deviceV <= 0)
    refuse(
      loadField,
      'cannot-supply',
      `Over this line no more than ${(sourceV / loopOhm).toFixed(3)} A flow, and then nothing is left for a load`,
    );
  return {
    currentA: current,
    deviceV,
    steps: [
      { formula: 'V = Vs − I · R', inputs: { Vs: sourceV, I: current, R: loopOhm }, value: deviceV, unit: 'V', source },
    ],
  };
};
