import * as z from 'zod';

/** What the vendor leaves open, or does wrong. Each is a switch so that a client is tried both ways. */
export const Quirks = z.strictObject({
  oversize: z.enum(['refuse', 'clamp']).default('refuse'),
  missingUsageDate: z.union([z.literal(400), z.literal(422)]).default(400),
  foreignAudience: z.union([z.literal(401), z.literal(403)]).default(401),
  /** Added to the true number of pages. */
  totalPagesOff: z.int().default(0),
  /** Rows that vanish from the front of a list between its first page and the next ones. */
  rowsLostAfterFirstPage: z.int().nonnegative().default(0),
  /** All lines of a summary come, whichever day is asked for. */
  ignoresUsageDate: z.boolean().default(false),
  omitEmptyInvoiceContent: z.boolean().default(true),
  /** Successful calls a minute per account. */
  callsPerMinute: z.int().positive().default(1000),
  /** What the refusal of one more says of when to come again: nobody has documented it. */
  retryAfter: z.enum(['nothing', 'seconds', 'date']).default('nothing'),
});

export type Quirks = z.infer<typeof Quirks>;
