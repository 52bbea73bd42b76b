import { expect, it } from 'vitest';
import { isRefused, runCalculator, type Calculation } from './run.ts';
import { numbersIn, pathsOfNumbers, replacedAt, type Path } from './testing/numbers-in.ts';
import { otherInputs, sampleInputs } from './testing/sample-inputs.ts';

const inputs = [...Object.entries(sampleInputs), ...otherInputs];

// What forms, spreadsheets and mistaken units send: nothing at all, its negative, the least numbers there are, and far too many.
const extremes = [0, -0, 5e-324, 1e-300, 1e-9, 1e-3, 0.1, 1, 1e3, 1e6, 1e300];
const valuePairs = extremes.flatMap((one) => extremes.map((other) => [one, other] as const));

const pairsOf = (paths: readonly Path[]): [Path, Path][] =>
  paths.flatMap((one, at) => paths.slice(at).map((other): [Path, Path] => [one, other]));

const isSound = (result: Calculation): boolean =>
  numbersIn(result).every((number) => Number.isFinite(number) && !Object.is(number, -0)) &&
  !/Infinity|NaN/.test(JSON.stringify(result)) &&
  (!isRefused(result) || result.refused.every(({ field, detail }) => field !== '' && /\S/.test(detail)));

it.each(inputs)(
  '%s answers two extreme numbers at once by finite ones, or by the fields that are wrong',
  (id, input) => {
    const results = pairsOf(pathsOfNumbers(input)).flatMap(([one, other]) =>
      valuePairs.map(([first, second]) => {
        const given = replacedAt(replacedAt(input, one, first), other, second);
        return { given, result: runCalculator(id, given) };
      }),
    );
    expect(results.filter(({ result }) => !isSound(result))).toEqual([]);
    expect(results.some(({ result }) => !isRefused(result))).toBe(true);
  },
);
