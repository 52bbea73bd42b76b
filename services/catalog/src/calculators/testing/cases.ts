import { expect, it } from 'vitest';
import type { RefusedField } from '../refusal.ts';
import { isRefused, runCalculator, type CalculationResult } from '../run.ts';

type Input = Record<string, unknown>;

/** A published figure: what goes in, what is printed, where, and how many of its digits are printed. */
export interface Example {
  source: string;
  input: Input;
  output: Record<string, unknown>;
  /** Largest relative difference; 1e-9 where none is said. */
  within?: number;
}

export const answered = (id: string, input: Input): CalculationResult => {
  const calculation = runCalculator(id, input);
  if (isRefused(calculation)) throw new Error(`${id} refused ${JSON.stringify(input)}: ${JSON.stringify(calculation)}`);
  return calculation;
};

export const refusedBy = (id: string, input: unknown): readonly RefusedField[] => {
  const calculation = runCalculator(id, input);
  return isRefused(calculation) ? calculation.refused : [];
};

/** A figure of the answer, as a number. */
export const figureOf = (id: string, input: Input, name: string): number => {
  const value = answered(id, input)[name];
  if (typeof value !== 'number') throw new Error(`${id} has no figure ${name}`);
  return value;
};

export const warningsOf = (id: string, input: Input): string[] => answered(id, input).warnings.map(({ code }) => code);

const expectFigure = (actual: unknown, expected: unknown, within: number): void => {
  if (typeof expected === 'number' && typeof actual === 'number')
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(within * Math.max(1e-9, Math.abs(expected)));
  else if (Array.isArray(expected) && Array.isArray(actual)) {
    expect(actual).toHaveLength(expected.length);
    expected.forEach((one, index) => expectFigure(actual[index], one, within));
  } else expect(actual).toEqual(expected);
};

/** One test for each example; the count stands in the name of the first. */
export const examples = (id: string, all: readonly Example[]): void => {
  it.each(all.map((example, index) => ({ ...example, name: `${index + 1} of ${all.length}: ${example.source}` })))(
    '$name',
    ({ input, output, within = 1e-9 }) => {
      const result = answered(id, input);
      for (const [name, expected] of Object.entries(output)) expectFigure(result[name], expected, within);
      expect(result.steps.every(({ value, source }) => Number.isFinite(value) && source !== '')).toBe(true);
    },
  );
};

export type RefusalCase = [input: unknown, field: string, code: string];

export const refusals = (id: string, all: readonly RefusalCase[]): void => {
  it.each(all)('refuses %j at %s as %s', (input, field, code) => {
    expect(refusedBy(id, input)).toEqual(
      expect.arrayContaining([{ field, code, detail: expect.stringMatching(/\S/) }]),
    );
  });
};
