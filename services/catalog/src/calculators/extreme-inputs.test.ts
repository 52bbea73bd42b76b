import { expect, it } from 'vitest';
import { isRefused, runCalculator } from './run.ts';
import { numbersIn, pathsOfNumbers, replacedAt, type Path } from './testing/numbers-in.ts';
import { otherInputs, sampleInputs } from './testing/sample-inputs.ts';

const inputs = [...Object.entries(sampleInputs), ...otherInputs];

// What forms, spreadsheets and units that were mistaken send: nothing at all, its negative, the least numbers there are, and far too many.
const extremes = [0, -0, 1e-300, 1e-3, 1, 1e6, 1e300];

const pairsOf = (paths: readonly Path[]): [Path, Path][] =>
  paths.flatMap((one, at) => paths.slice(at).map((other): [Path, Path] => [one, other]));

const spoilt = (value: unknown): boolean =>
  numbersIn(value).some((number) => !Number.isFinite(number) || Object.is(number, -0)) ||
  /Infinity|NaN/.test(JSON.stringify(value));

it.each(inputs)(
  '%s answers two extreme numbers at once by finite ones, or by the fields that are wrong',
  (id, input) => {
    const paths = pathsOfNumbers(input);
    let answered = 0;
    for (const [one, other] of pairsOf(paths))
      for (const first of extremes)
        for (const second of extremes) {
          const given = replacedAt(replacedAt(input, one, first), other, second);
          const result = runCalculator(id, given);
          if (isRefused(result)) {
            expect(result.refused.every(({ field, detail }) => field !== '' && /\S/.test(detail))).toBe(true);
          } else answered += 1;
          if (spoilt(result)) expect({ given, result }).toBe('without Infinity, NaN or -0');
        }
    expect(answered).toBeGreaterThan(0);
  },
);

it('names what is possible beside what is wrong', () => {
  const detailOf = (id: string, input: object): string => {
    const result = runCalculator(id, input);
    return isRefused(result) ? (result.refused[0]?.detail ?? '') : '';
  };
  const cable = (diameterMm: unknown) => ({ conduit: { type: 'EMT' }, cables: [{ diameterMm, count: 1 }] });
  expect([-1, 1e-300, 0.09, 501, '6', Number.NaN].map((mm) => detailOf('conduit-fill', cable(mm)))).toEqual([
    'At least 0.1 is needed (0.1 to 500 mm)',
    'At least 0.1 is needed (0.1 to 500 mm)',
    'At least 0.1 is needed (0.1 to 500 mm)',
    'At most 500 is possible (0.1 to 500 mm)',
    'Expected here: number; this is the text "6" (0.1 to 500 mm)',
    'A finite number is needed (0.1 to 500 mm)',
  ]);
  expect(detailOf('connector-count', { points: 1.5 })).toBe('A whole number is needed, this is 1.5 (1 to 100000)');
  expect(detailOf('connector-count', {})).toBe('Missing: number (1 to 100000)');
});

it('a cable that is thicker than every conduit is none that fits, and of which none goes in', () => {
  const result = runCalculator('conduit-fill', { conduit: { type: 'EMT' }, cables: [{ diameterMm: 300, count: 1 }] });
  expect(result).toMatchObject({ fits: false, maxCount: 0, smallestTradeSize: null });
});
