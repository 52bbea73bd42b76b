import { z } from 'zod';

/** Which name both have from now on: the customer's, or the client's. */
export const Keep = z.enum(['customer', 'client']).meta({ id: 'Keep' });

export const KeptName = z.strictObject({ keep: Keep }).meta({ id: 'KeptName' });

/** How many names were written there, taken from there, and wait for a person. */
export const AgreedNames = z.object({
  namesSent: z.number().int(),
  namesTaken: z.number().int(),
  namesAsked: z.number().int(),
});

export type Keep = z.infer<typeof Keep>;
export type KeptName = z.infer<typeof KeptName>;
export type AgreedNames = z.infer<typeof AgreedNames>;
