import { z } from 'zod';

// Bounds far beyond anything built keep every result finite; what a standard allows is the calculator's own to say.
const most = 1e6;

// The least of each unit that anything built has: a thinner cable, or a shorter run, was mistyped, and divided by it most figures
// would have no end. Unlike a limit of a standard, none of them is met by an input that means something.
const leastOf = {
  m: 0.001,
  mm: 0.1,
  // A wire of 40 AWG has 0.005.
  'mm²': 0.001,
  nm: 100,
  V: 0.001,
  A: 0.000_001,
  W: 0.000_001,
  Ah: 0.001,
  'dB/km': 0.001,
  '%': 0.01,
  // Shares of one: a power factor, an efficiency.
  '1': 0.001,
} as const;

const described = <Schema extends z.ZodType>(schema: Schema, unit: string, description: string): Schema =>
  schema.meta({ unit, description });

/** Of an input; more than zero by as much as anything of this unit is. */
export const positive = (unit: keyof typeof leastOf, description: string, atMost = most) =>
  described(z.number().min(leastOf[unit]).max(atMost), unit, description);

/** Of an input; zero is a value. */
export const zeroOrMore = (unit: string, description: string, atMost = most) =>
  described(z.number().nonnegative().max(atMost), unit, description);

/** Of an input; may lie on either side of zero. */
export const signed = (unit: string, description: string) =>
  described(z.number().min(-most).max(most), unit, description);

export const count = (description: string, { least = 1, atMost = 100_000 } = {}) =>
  described(z.int().min(least).max(atMost), '1', description);

export const temperature = (description: string) => described(z.number().min(-60).max(250), '°C', description);

export const oneOf = <const Values extends readonly [string | number, ...(string | number)[]]>(
  values: Values,
  description: string,
) => z.literal([...values] as [Values[number], ...Values[number][]]).meta({ unit: '', description });

export const yesOrNo = (description: string) => z.boolean().meta({ unit: '', description });

/** Of an output. */
export const figure = (unit: string, description: string) => described(z.number(), unit, description);
export const whole = (description: string) => described(z.int(), '1', description);
