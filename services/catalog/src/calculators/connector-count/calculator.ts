import { calculator } from '../calculator.ts';
import { count, whole } from '../fields.ts';
import { wholeAbove } from '../rounding.ts';

const source = 'ductcable’s estimating rule: four plugs a point and 15 % more, one module and 3 % more';

export const connectorCount = calculator({
  id: 'connector-count',
  version: 1,
  title: 'Plugs and modules to order',
  profiles: { 'tia-nec': 'ANSI/TIA-568.1-E', 'iso-iec': 'ISO/IEC 14763-2:2019' },
  input: { points: count('Outlets with one cable each') },
  output: { plugs: whole('Modular plugs'), modules: whole('Jack modules') },
  constants: [
    { name: 'plugs of a point', value: 4, source },
    { name: 'spare plugs', value: 15, unit: '%', source },
    { name: 'spare modules', value: 3, unit: '%', source },
  ],
  calculate: ({ points }) => {
    const plugs = wholeAbove((points * 4 * 115) / 100);
    const modules = wholeAbove((points * 103) / 100);
    return {
      output: { plugs, modules },
      steps: [
        { formula: 'plugs = ⌈4 · n · 1.15⌉', inputs: { n: points }, value: plugs, unit: '1', source },
        { formula: 'modules = ⌈n · 1.03⌉', inputs: { n: points }, value: modules, unit: '1', source },
      ],
    };
  },
});
