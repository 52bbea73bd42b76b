import { z } from 'zod';
import type { AnyCalculator, ProfileId, Step, Warning } from './calculator.ts';
import { calculators } from './list.ts';
import { CalculationRefused, type RefusedField } from './refusal.ts';
import { refusedInput } from './refused-input.ts';
import { withoutNoise } from './rounding.ts';
import { unconfirmed } from './unconfirmed.ts';

/** The outputs by their names, and beside them how they came about. */
export type CalculationResult = Record<string, unknown> & {
  calculator: { id: string; version: number };
  profile: { id: ProfileId; edition: string };
  steps: Step[];
  warnings: Warning[];
};

export type Calculation = CalculationResult | { refused: readonly RefusedField[] };

export const isRefused = (calculation: Calculation): calculation is { refused: readonly RefusedField[] } =>
  'refused' in calculation;

// A map: `constructor` and `__proto__` are in no table of ours.
const byId: ReadonlyMap<string, AnyCalculator> = new Map(calculators.map((one) => [one.id, one]));

export const findCalculator = (id: string): AnyCalculator | undefined => byId.get(id);

export const profilesOf = ({ profiles }: AnyCalculator): [ProfileId, ...ProfileId[]] =>
  Object.keys(profiles) as [ProfileId, ...ProfileId[]];

/** The whole input: the calculator's fields, and the profile, of which the first is taken where none is named. */
export const inputSchema = (one: AnyCalculator) => {
  const ids = profilesOf(one);
  return z.strictObject({
    profile: z.literal(ids).default(ids[0]).meta({ unit: '', description: 'Whose rules: TIA and NEC, or ISO/IEC' }),
    ...one.input,
  });
};

export const outputSchema = (one: AnyCalculator) => z.strictObject(one.output);

const schemas = new Map(calculators.map((one) => [one.id, inputSchema(one)]));

const refusedUnknown = (id: string): Calculation => ({
  refused: [
    {
      field: 'id',
      code: 'unknown-value',
      detail: `There is no calculator ${JSON.stringify(id.slice(0, 60))}. There are ${[...byId.keys()].join(', ')}`,
    },
  ],
});

/** Computes, or says by field why not. Throws for nothing that a caller can send. */
export const runCalculator = (id: string, input: unknown): Calculation => {
  const one = byId.get(id);
  const schema = schemas.get(id);
  if (!one || !schema) return refusedUnknown(id);
  const parsed = schema.safeParse(input);
  if (!parsed.success) return { refused: refusedInput(schema, parsed.error.issues, input) };
  const { profile, ...fields } = parsed.data;
  const edition = one.profiles[profile];
  if (edition === undefined) throw new Error(`${id} has no edition of ${profile}`);
  try {
    const { output, steps, warnings = [] } = one.calculate(fields as never, profile);
    return withoutNoise({
      ...output,
      calculator: { id, version: one.version },
      profile: { id: profile, edition },
      steps,
      warnings: [...warnings, ...unconfirmed(steps)],
    }) as CalculationResult;
  } catch (error) {
    if (error instanceof CalculationRefused) return { refused: error.refused };
    throw error;
  }
};
