import * as z from 'zod';

/** What the vendor leaves open. Each is a switch so that a client is tried both ways. */
export const Quirks = z.strictObject({
  oversize: z.enum(['refuse', 'clamp']).default('refuse'),
  totalCountAs: z.enum(['string', 'number']).default('string'),
  /** Where `clientError` stands: in each error, or directly under a top-level `extensions`. */
  clientErrorIn: z.enum(['error', 'top']).default('error'),
  /** Messages are null, or a sentence that nothing may depend on. */
  messages: z.enum(['null', 'text']).default('null'),
  /** How far the vendor's clock, by which it dates everything, is ahead; behind where it is below zero. */
  clockAheadMinutes: z.int().default(0),
  callsPerMinute: z.int().positive().default(800),
});

export type Quirks = z.infer<typeof Quirks>;
