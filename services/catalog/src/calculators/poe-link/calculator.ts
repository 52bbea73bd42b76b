import { calculator, type Warning } from '../calculator.ts';
import { dcWorkingPoint } from '../dc-load.ts';
import { figure, positive, zeroOrMore } from '../fields.ts';
import { exactlyOne } from '../refusal.ts';
import { atMost } from '../rounding.ts';
import { loopSource, mostLoopOhm } from '../tables/poe.ts';

const source = 'IEEE 802.3-2022 clauses 33 and 145: P at the device = V·I − I²·R';

export const poeLink = calculator({
  id: 'poe-link',
  version: 1,
  title: 'Power over a link',
  profiles: { 'tia-nec': 'IEEE 802.3-2022', 'iso-iec': 'IEEE 802.3-2022' },
  input: {
    sourceV: positive('V', 'Voltage at the power source', 1000),
    loopOhm: zeroOrMore('Ω', 'Loop resistance of all pairs in use together, at 20 °C', 100_000),
    loadW: positive('W', 'Power of the device').optional(),
    currentA: positive('A', 'Current, instead of the power', 1000).optional(),
  },
  output: {
    currentA: figure('A', 'Current'),
    lossW: figure('W', 'Lost in the cable'),
    deviceV: figure('V', 'Voltage at the device'),
    deviceW: figure('W', 'Power at the device'),
  },
  constants: [{ name: 'largest loop resistance of a channel', value: mostLoopOhm, unit: 'Ω', source: loopSource }],
  calculate: ({ sourceV, loopOhm, loadW, currentA: given }) => {
    exactlyOne({ loadW, currentA: given }, ['loadW', 'currentA']);
    const { currentA, deviceV, steps } = dcWorkingPoint(
      { sourceV, loopOhm, currentA: given, powerW: loadW },
      loadW === undefined ? 'currentA' : 'loadW',
    );
    const lossW = currentA ** 2 * loopOhm;
    const deviceW = deviceV * currentA;
    const warnings: Warning[] = [];
    if (!atMost(loopOhm, mostLoopOhm))
      warnings.push({
        code: 'loop-resistance',
        detail: 'More than a channel may have',
        limit: mostLoopOhm,
        actual: loopOhm,
        unit: 'Ω',
        source: loopSource,
      });
    return {
      output: { currentA, lossW, deviceV, deviceW },
      steps: [
        ...steps,
        { formula: 'loss = I² · R', inputs: { I: currentA, R: loopOhm }, value: lossW, unit: 'W', source },
        { formula: 'P = V · I', inputs: { V: deviceV, I: currentA }, value: deviceW, unit: 'W', source },
      ],
      warnings,
    };
  },
});
