import type { z } from 'zod';

/** The fields of an input or an output, each with its unit in `.meta`. */
export type Fields = Record<string, z.ZodType>;

/** Where a figure comes from: a standard with its edition, and what a reader can look up. */
export type Source = string;

export interface Constant {
  name: string;
  value: string | number;
  unit?: string;
  source: Source;
}

/** One line of the explanation: what was computed, from what, and who says so. */
export interface Step {
  formula: string;
  inputs: Record<string, string | number>;
  value: number;
  unit: string;
  source: Source;
}

/** Something that the answer does not forbid and that its reader must know. */
export interface Warning {
  code: string;
  detail: string;
  limit?: number;
  actual?: number;
  unit?: string;
  source: Source;
}

export type ProfileId = 'tia-nec' | 'iso-iec';

export interface Answer<Output> {
  output: Output;
  steps: Step[];
  warnings?: Warning[];
}

/** What a folder of this directory exports. `calculate` is pure: no clock, no I/O, the same answer years later. */
export interface Calculator<Shape extends Fields = Fields, Output extends Fields = Fields> {
  id: string;
  /** Raised whenever an input that means something could be answered otherwise; saved designs keep it. */
  version: number;
  title: string;
  /** Editions by profile; a profile that is missing is refused. */
  profiles: Partial<Record<ProfileId, string>>;
  input: Shape;
  output: Output;
  constants: readonly Constant[];
  calculate(input: z.infer<z.ZodObject<Shape>>, profile: ProfileId): Answer<z.infer<z.ZodObject<Output>>>;
}

/** A calculator whose schemas' types are known to its own code only. */
export type AnyCalculator = Omit<Calculator, 'calculate'> & {
  calculate(input: never, profile: ProfileId): Answer<Record<string, unknown>>;
};

export const calculator = <Shape extends Fields, Output extends Fields>(
  definition: Calculator<Shape, Output>,
): AnyCalculator => definition;
