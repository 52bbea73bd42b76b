import { z } from 'zod';
import { calculator } from '../calculator.ts';
import { figure, signed, zeroOrMore } from '../fields.ts';
import { atMost } from '../rounding.ts';
import { linkSource, permanentLinkM } from '../tables/cabling.ts';

const routeSource =
  'Cable follows the structure, so along the axes and not along the diagonal (as in exayard’s estimating guide)';
const slackSource = 'Customary slack of a design, not of a standard: give your own';

const point = (description: string) =>
  z.strictObject({ xM: signed('m', 'East'), yM: signed('m', 'North') }).meta({ unit: '', description });

export const horizontalRun = calculator({
  id: 'horizontal-run',
  version: 1,
  title: 'Length of a horizontal run',
  profiles: { 'tia-nec': 'ANSI/TIA-568.2-D', 'iso-iec': 'ISO/IEC 11801-1:2017' },
  input: {
    from: point('Telecommunications room'),
    to: point('Outlet'),
    riseM: zeroOrMore('m', 'From the panel up to the pathway'),
    dropM: zeroOrMore('m', 'From the pathway down to the outlet'),
    slackRoomM: zeroOrMore('m', 'Kept in the room').default(3),
    slackOutletM: zeroOrMore('m', 'Kept at the outlet; 1 m is usual for fibre').default(0.3),
  },
  output: { lengthM: figure('m', 'Cable to pull') },
  constants: [
    { name: 'slack in the room', value: 3, unit: 'm', source: slackSource },
    { name: 'slack at the outlet', value: 0.3, unit: 'm', source: slackSource },
    { name: 'longest permanent link', value: permanentLinkM, unit: 'm', source: linkSource },
  ],
  calculate: ({ from, to, riseM, dropM, slackRoomM, slackOutletM }) => {
    const dx = Math.abs(to.xM - from.xM);
    const dy = Math.abs(to.yM - from.yM);
    const lengthM = dx + dy + riseM + dropM + slackRoomM + slackOutletM;
    return {
      output: { lengthM },
      steps: [
        {
          formula: 'L = |Δx| + |Δy| + rise + drop + slack in the room + slack at the outlet',
          inputs: { dx, dy, riseM, dropM, slackRoomM, slackOutletM },
          value: lengthM,
          unit: 'm',
          source: routeSource,
        },
      ],
      warnings: atMost(lengthM, permanentLinkM)
        ? []
        : [
            {
              code: 'link-too-long',
              detail: 'Longer than a permanent link may be: move the room, or plan another',
              limit: permanentLinkM,
              actual: lengthM,
              unit: 'm',
              source: linkSource,
            },
          ],
    };
  },
});
