import { z } from 'zod';
import { calculator } from '../calculator.ts';
import { count, figure, positive } from '../fields.ts';

const source = 'minutes = Ah · V · efficiency / W · 60 (as printed by shipcalculators)';
const peukertSource = 'Peukert’s law: a lead battery gives less of its capacity the faster it is drawn';

export const upsRuntime = calculator({
  id: 'ups-runtime',
  version: 1,
  title: 'Runtime of a UPS',
  profiles: { 'tia-nec': 'physics', 'iso-iec': 'physics' },
  input: {
    batteryAh: positive('Ah', 'Capacity of a string', 100_000),
    batteryV: positive('V', 'Voltage of a string', 2000),
    strings: count('Strings in parallel', { atMost: 1000 }).default(1),
    efficiency: positive('1', 'Of the inverter, 0 to 1', 1),
    loadW: positive('W', 'Load'),
  },
  output: {
    minutes: figure('min', 'Runtime'),
    estimate: z.literal(true).meta({ unit: '', description: 'It is an estimate' }),
  },
  constants: [],
  calculate: ({ batteryAh, batteryV, strings, efficiency, loadW }) => {
    const minutes = ((batteryAh * batteryV * strings * efficiency) / loadW) * 60;
    return {
      output: { minutes, estimate: true as const },
      steps: [
        {
          formula: 't = Ah · V · strings · efficiency / W · 60',
          inputs: { Ah: batteryAh, V: batteryV, strings, efficiency, W: loadW },
          value: minutes,
          unit: 'min',
          source,
        },
      ],
      warnings: [
        {
          code: 'estimate',
          detail: 'Optimistic at short runtimes: the vendor’s runtime table counts',
          actual: minutes,
          unit: 'min',
          source: peukertSource,
        },
      ],
    };
  },
});
