import { z } from 'zod';

/** RFC 9457 problem details, the body of every error. */
export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    code: z.string(),
    requestId: z.string(),
    /** The first wrong places of the request; `furtherErrors` says how many more there are. */
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    furtherErrors: z.number().int().optional(),
  })
  .meta({ id: 'Problem' });

export type ProblemBody = z.infer<typeof ProblemBody>;
