import { wrongPlaces } from '@legendops/kit/http/wrong-places';
import type { DesignContent } from '../cabling-content/contract.ts';
import { refusedInput } from '../calculators/refused-input.ts';
import { findCalculator, inputSchema } from '../calculators/run.ts';

const partsOf = (field: string): string[] => field.split(/[.[\]]/).filter((part) => part !== '');

/** Refuses, by field, the input of a supply that its calculator cannot read. What it reads and refuses is kept with the design. */
export const readableCalculations = (content: DesignContent): DesignContent => {
  const places = wrongPlaces();
  content.feeds.forEach(({ calculation }, index) => {
    const one = calculation && findCalculator(calculation.calculator);
    if (calculation === null || !one) return;
    const schema = inputSchema(one);
    const parsed = schema.safeParse(calculation.input);
    if (parsed.success) return;
    for (const { field, code, detail } of refusedInput(schema, parsed.error.issues, calculation.input))
      places.add(['body', 'content', 'feeds', index, 'calculation', 'input', ...partsOf(field)], code, detail);
  });
  places.refuse();
  return content;
};
