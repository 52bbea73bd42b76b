import { z } from 'zod';
import type { AnyCalculator, Constant, ProfileId } from './calculator.ts';
import { inputSchema, outputSchema, profilesOf } from './run.ts';

type JsonSchema = Record<string, unknown>;

export interface CalculatorDescription {
  id: string;
  version: number;
  title: string;
  profiles: { id: ProfileId; edition: string }[];
  /** JSON Schema 2020-12; each field has its `unit`. */
  input: JsonSchema;
  output: JsonSchema;
  constants: Constant[];
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => z.toJSONSchema(schema, { io });

/** What a form, a reader and a program need to know of a calculator. */
export const describeCalculator = (one: AnyCalculator): CalculatorDescription => ({
  id: one.id,
  version: one.version,
  title: one.title,
  profiles: profilesOf(one).map((id) => ({ id, edition: one.profiles[id] ?? '' })),
  input: jsonSchema(inputSchema(one), 'input'),
  output: jsonSchema(outputSchema(one), 'output'),
  constants: [...one.constants],
});
