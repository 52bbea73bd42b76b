import { problem } from '@legendops/kit/errors/problem';
import { pointerTo } from '@legendops/kit/http/wrong-places';
import type { CalculatorList } from './contract.ts';
import { describeCalculator } from './describe.ts';
import { calculators } from './list.ts';
import type { RefusedField } from './refusal.ts';
import { findCalculator, isRefused, runCalculator, type CalculationResult } from './run.ts';

export interface CalculatorService {
  list(): CalculatorList;
  run(id: string, input: unknown): CalculationResult;
}

/** `cables[0].awg` as a JSON Pointer into the body. */
const pointerOf = ({ field }: RefusedField): string =>
  pointerTo('body', ...field.split(/[.[\]]/).filter((part) => part !== ''));

export const calculatorService = (): CalculatorService => {
  // The same for everyone and for as long as the service runs.
  const list = { data: calculators.map(describeCalculator) };
  return {
    list: () => list,
    run: (id, input) => {
      if (!findCalculator(id)) throw problem('calculator.not-found');
      const calculation = runCalculator(id, input);
      if (!isRefused(calculation)) return calculation;
      const places = calculation.refused.map((one) => ({
        pointer: pointerOf(one),
        code: one.code,
        detail: one.detail,
      }));
      throw problem('request.invalid', { places });
    },
  };
};
