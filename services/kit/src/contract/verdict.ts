import { z } from 'zod';

/** Whether whoever asked may do something to a thing now, and if not, why. */
export const Verdict = z.object({ may: z.boolean(), why: z.string().nullable() }).meta({ id: 'Verdict' });

export type Verdict = z.infer<typeof Verdict>;
