import { Timestamp } from '@legendops/kit/contract/values';
import { z } from 'zod';

/** What the job psa-sync has read, and how its last run went. */
export const SuperOpsMirror = z
  .object({
    kinds: z.array(
      z.object({
        /** `client`, `ticket` and so on. */
        kind: z.string(),
        readAt: Timestamp,
        /** Objects that are there. */
        count: z.number().int(),
        /** Objects that were deleted or merged there. */
        gone: z.number().int(),
      }),
    ),
    /** Records that could not be read, the newest first; each holds up no other. */
    held: z.array(
      z.object({
        kind: z.string(),
        /** Its id in SuperOps, or where in the list it stood. */
        subject: z.string(),
        name: z.string().nullable(),
        /** The fields that are not what they have to be. */
        fields: z.string(),
        heldSince: Timestamp,
      }),
    ),
    /** Null before the first one. */
    lastRun: z
      .object({
        state: z.enum(['running', 'done', 'failed', 'needs-person']),
        code: z.string().nullable(),
        detail: z.string().nullable(),
        startedAt: Timestamp,
        finishedAt: Timestamp.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'SuperOpsMirror' });

export type SuperOpsMirror = z.infer<typeof SuperOpsMirror>;
