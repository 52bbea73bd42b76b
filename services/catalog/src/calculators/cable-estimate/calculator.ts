import { calculator } from '../calculator.ts';
import { count, figure, positive, zeroOrMore } from '../fields.ts';
import { refuse } from '../refusal.ts';

const source =
  'Residential Cabling Guide, 3rd edition: AL = (A + B)/2, S = 0.9 m + 0.2 m, D = 4.5 m, TCL = (AL + S + D)·N';

export const cableEstimate = calculator({
  id: 'cable-estimate',
  version: 1,
  title: 'Cable of a floor, from its shortest and longest run',
  profiles: { 'tia-nec': 'ANSI/TIA-568.1-E', 'iso-iec': 'ISO/IEC 14763-2:2019' },
  input: {
    shortestM: positive('m', 'Shortest run'),
    longestM: positive('m', 'Longest run'),
    runs: count('Runs'),
    slackM: zeroOrMore('m', 'Slack of each run').default(1.1),
    dropM: zeroOrMore('m', 'Drop of each run').default(4.5),
  },
  output: { averageM: figure('m', 'Mean run, without slack and drop'), totalM: figure('m', 'Cable of all runs') },
  constants: [
    { name: 'slack', value: 1.1, unit: 'm', source },
    { name: 'drop', value: 4.5, unit: 'm', source },
  ],
  calculate: ({ shortestM, longestM, runs, slackM, dropM }) => {
    if (shortestM > longestM) refuse('shortestM', 'too-large', `At most the longest run, ${longestM} m`);
    const averageM = (shortestM + longestM) / 2;
    const totalM = (averageM + slackM + dropM) * runs;
    return {
      output: { averageM, totalM },
      steps: [
        { formula: 'AL = (A + B) / 2', inputs: { A: shortestM, B: longestM }, value: averageM, unit: 'm', source },
        {
          formula: 'TCL = (AL + S + D) · N',
          inputs: { AL: averageM, S: slackM, D: dropM, N: runs },
          value: totalM,
          unit: 'm',
          source,
        },
      ],
    };
  },
});
