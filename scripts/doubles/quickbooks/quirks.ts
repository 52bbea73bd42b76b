import * as z from 'zod';

const day = 24 * 60 * 60;

/** What the vendor leaves open, limits, or does wrong. Each is a switch so that a client is tried both ways. */
export const Quirks = z.strictObject({
  /** Off, a write without requestid goes through, as at the vendor. On, the forgotten parameter is found here. */
  requireRequestId: z.boolean().default(true),
  /** How long a requestid brings back its first reply. Not documented; 1 h, 24 h and 30 days are all worth a try. */
  requestIdRetentionSeconds: z.int().positive().default(day),
  requestIdWithOtherBody: z.enum(['replay', 'refuse']).default('replay'),
  rememberFailures: z.boolean().default(false),
  /** Refusals of the accounting service come under HTTP 200. */
  faultsUnder200: z.boolean().default(false),
  requestsPerMinute: z.int().positive().default(500),
  requestsPerSecond: z.int().positive().default(10),
  batchesPerMinute: z.int().positive().default(40),
  requestsInFlight: z.int().positive().default(10),
  /** Reads, queries and change data a month for all companies together, then 429. */
  corePlusPerMonth: z.int().nonnegative().default(500_000),
  batchItems: z.int().positive().default(30),
  latencyMs: z.int().nonnegative().default(0),
  defaultMaxResults: z.int().positive().default(100),
  changeDataMaxObjects: z.int().positive().default(1000),
  /** A DocNumber that comes although the company lets QuickBooks number. */
  docNumberWhenAutomatic: z.enum(['ignore', 'refuse']).default('ignore'),
  /** Whether an invoice and a credit memo may have one number. */
  numberOncePer: z.enum(['company', 'kind']).default('company'),
  negativeTotal: z.enum(['refuse', 'accept']).default('refuse'),
  overpayment: z.enum(['accept', 'refuse']).default('accept'),
  /** Intuit rotates about every 24 h, and sometimes at every call. */
  refreshRotation: z.enum(['every-call', 'daily']).default('every-call'),
  accessTokenSeconds: z.int().positive().default(3600),
  refreshTokenSeconds: z
    .int()
    .positive()
    .default(100 * day),
  refreshTokenHardSeconds: z
    .int()
    .positive()
    .default(5 * 365 * day),
});

export type Quirks = z.infer<typeof Quirks>;
