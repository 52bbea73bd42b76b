import { z } from 'zod';
import { calculator, type Answer } from '../calculator.ts';
import { count, figure, positive, whole } from '../fields.ts';
import { exactlyOne, needed, refuse } from '../refusal.ts';
import { wholeAbove, wholeBelow } from '../rounding.ts';
import { firstFitDecreasing } from './first-fit-decreasing.ts';

const boxSource = 'A box holds 305 m (1000 ft)';
const spliceSource = 'Horizontal cable is not spliced (ANSI/TIA-568.1-E), so a run comes from one box';
const packingSource =
  'First-fit decreasing: the longest run first, into the first box that still holds it (as cabletrayroute packs reels)';

type Output = { boxes: number; offcutsM: number[] };

const ofRuns = (runsM: readonly number[], boxM: number): Answer<Output> => {
  runsM.forEach((runM, index) => {
    if (runM > boxM) refuse(`runsM[${index}]`, 'too-large', `A run comes from one box of ${boxM} m`);
  });
  const offcutsM = firstFitDecreasing(runsM, boxM);
  return {
    output: { boxes: offcutsM.length, offcutsM },
    steps: [
      {
        formula: 'boxes = bins of first-fit decreasing',
        inputs: { runs: runsM.length, totalM: runsM.reduce((sum, runM) => sum + runM, 0), boxM },
        value: offcutsM.length,
        unit: '1',
        source: packingSource,
      },
    ],
  };
};

const ofAverage = (averageRunM: number, runs: number, boxM: number): Answer<Output> => {
  if (averageRunM > boxM) refuse('averageRunM', 'too-large', `A run comes from one box of ${boxM} m`);
  const perBox = wholeBelow(boxM / averageRunM);
  const boxes = wholeAbove(runs / perBox);
  const offcutsM = Array.from({ length: boxes }, (_, index) =>
    Math.max(0, boxM - averageRunM * Math.min(perBox, runs - index * perBox)),
  );
  return {
    output: { boxes, offcutsM },
    steps: [
      {
        formula: 'runs of a box = ⌊box / average⌋',
        inputs: { boxM, averageRunM },
        value: perBox,
        unit: '1',
        source: spliceSource,
      },
      {
        formula: 'boxes = ⌈runs / runs of a box⌉',
        inputs: { runs, perBox },
        value: boxes,
        unit: '1',
        source: spliceSource,
      },
    ],
  };
};

export const boxCount = calculator({
  id: 'box-count',
  version: 1,
  title: 'Boxes of cable to order',
  profiles: { 'tia-nec': 'ANSI/TIA-568.1-E', 'iso-iec': 'ISO/IEC 14763-2:2019' },
  input: {
    runsM: z
      .array(positive('m', 'One run'))
      .min(1)
      .max(2000)
      .meta({ unit: 'm', description: 'Length of every run' })
      .optional(),
    averageRunM: positive('m', 'Mean run, instead of all of them').optional(),
    runs: count('How many runs, with the mean', { atMost: 20_000 }).optional(),
    boxM: positive('m', 'Cable of a box').default(305),
  },
  output: {
    boxes: whole('Boxes'),
    offcutsM: z.array(figure('m', 'Left of one box')).meta({ unit: 'm', description: 'What is left of each box' }),
  },
  constants: [{ name: 'box', value: 305, unit: 'm', source: boxSource }],
  calculate: ({ runsM, averageRunM, runs, boxM }) => {
    exactlyOne({ runsM, averageRunM }, ['runsM', 'averageRunM']);
    if (runsM === undefined)
      return ofAverage(
        needed(averageRunM, 'averageRunM', 'The mean run is needed'),
        needed(runs, 'runs', 'With a mean run, the number of runs is needed'),
        boxM,
      );
    if (runs !== undefined) refuse('runs', 'given-twice', 'runsM says how many runs there are');
    return ofRuns(runsM, boxM);
  },
});
