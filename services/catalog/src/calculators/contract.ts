import { z } from 'zod';

const JsonSchema = z.record(z.string(), z.unknown());

/** One calculator: its schemas are JSON Schema, each field with its `unit`; every constant says where it comes from. */
const Calculator = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    profiles: z.array(z.object({ id: z.enum(['tia-nec', 'iso-iec']), edition: z.string() })),
    input: JsonSchema,
    output: JsonSchema,
    constants: z.array(
      z.object({
        name: z.string(),
        value: z.union([z.string(), z.number()]),
        unit: z.string().optional(),
        source: z.string(),
      }),
    ),
  })
  .meta({ id: 'Calculator' });

/** All of them: they are few, and the same for everyone. */
export const CalculatorList = z.object({ data: z.array(Calculator) }).meta({ id: 'CalculatorList' });

/** Of one calculator, by the schema that the list has of it. */
export const CalculationInput = z.record(z.string(), z.unknown()).meta({ id: 'CalculationInput' });

const Step = z.object({
  formula: z.string(),
  inputs: z.record(z.string(), z.union([z.string(), z.number()])),
  value: z.number(),
  unit: z.string(),
  source: z.string(),
});

export const CalculationWarning = z.object({
  code: z.string(),
  detail: z.string(),
  limit: z.number().optional(),
  actual: z.number().optional(),
  unit: z.string().optional(),
  source: z.string(),
});

/** The outputs by their names, and beside them how they came about. */
export const CalculationOutcome = z
  .looseObject({
    calculator: z.object({ id: z.string(), version: z.number().int() }),
    profile: z.object({ id: z.enum(['tia-nec', 'iso-iec']), edition: z.string() }),
    steps: z.array(Step),
    warnings: z.array(CalculationWarning),
  })
  .meta({ id: 'CalculationOutcome' });

export type CalculatorList = z.infer<typeof CalculatorList>;
export type CalculationOutcome = z.infer<typeof CalculationOutcome>;
