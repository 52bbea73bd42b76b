import { calculator, type Warning } from '../calculator.ts';
import {
  conductorCInput,
  conductorConstants,
  conductorInput,
  conductorResistance,
  sizeGivenOnce,
} from '../conductor-input.ts';
import { dcWorkingPoint } from '../dc-load.ts';
import { figure, positive, yesOrNo, zeroOrMore } from '../fields.ts';
import { exactlyOne, refuse } from '../refusal.ts';
import { atMost } from '../rounding.ts';

const usualDropSource = 'Usual limit of low-voltage devices, 10 % (as in cctvcamerapros’ guide); Hikvision allows 15 %';
const minimumSource = 'The device’s own least voltage: V at the load = Vs − 2·R·I·L (as in Panasonic’s camera manuals)';

export const deviceSupply = calculator({
  id: 'device-supply',
  version: 1,
  title: 'Low-voltage supply of a device',
  profiles: { 'tia-nec': 'NEC 2023', 'iso-iec': 'IEC 60228:2004' },
  input: {
    supplyV: positive('V', 'Voltage of the supply', 1500),
    currentA: positive('A', 'Constant current of the device', 10_000).optional(),
    powerW: positive('W', 'Constant power, instead of the current').optional(),
    lengthM: positive('m', 'One way'),
    conductor: conductorInput,
    conductorC: conductorCInput(20),
    minimumV: zeroOrMore('V', 'Least voltage of the device; without one the drop may be 10 %', 1500).optional(),
  },
  output: {
    deviceV: figure('V', 'Voltage at the device'),
    dropPercent: figure('%', 'Lost on the way'),
    pass: yesOrNo('Enough arrives'),
  },
  constants: [{ name: 'usual drop', value: 10, unit: '%', source: usualDropSource }, ...conductorConstants],
  calculate: ({ supplyV, currentA, powerW, lengthM, conductor, conductorC, minimumV }) => {
    exactlyOne({ currentA, powerW }, ['currentA', 'powerW']);
    sizeGivenOnce(conductor);
    if (minimumV !== undefined && minimumV > supplyV)
      refuse('minimumV', 'too-large', `At most the voltage of the supply, ${supplyV} V`);
    const resistance = conductorResistance(conductor, conductorC);
    const loopOhm = (2 * resistance.value * lengthM) / 1000;
    const { deviceV, steps } = dcWorkingPoint(
      { sourceV: supplyV, loopOhm, currentA, powerW },
      powerW === undefined ? 'currentA' : 'powerW',
    );
    const dropPercent = ((supplyV - deviceV) / supplyV) * 100;
    const pass = minimumV === undefined ? atMost(dropPercent, 10) : atMost(minimumV, deviceV);
    const warnings: Warning[] = [];
    if (!pass)
      warnings.push(
        minimumV === undefined
          ? {
              code: 'drop-too-large',
              detail: 'A thicker conductor or a higher voltage helps',
              limit: 10,
              actual: dropPercent,
              unit: '%',
              source: usualDropSource,
            }
          : {
              code: 'voltage-too-low',
              detail: 'A thicker conductor or a higher voltage helps',
              limit: minimumV,
              actual: deviceV,
              unit: 'V',
              source: minimumSource,
            },
      );
    return {
      output: { deviceV, dropPercent, pass },
      steps: [
        resistance,
        {
          formula: 'loop = 2 · R · L',
          inputs: { R: resistance.value, L: lengthM },
          value: loopOhm,
          unit: 'Ω',
          source: minimumSource,
        },
        ...steps,
        {
          formula: 'drop = (Vs − V) / Vs',
          inputs: { Vs: supplyV, V: deviceV },
          value: dropPercent,
          unit: '%',
          source: minimumSource,
        },
      ],
      warnings,
    };
  },
});
