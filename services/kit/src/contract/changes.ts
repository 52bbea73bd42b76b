import { z } from 'zod';
import { Id } from './values.ts';

/** Of a request that waits for a change. */
export const ChangesQuery = z.strictObject({
  /** Where the answer before ended; without it the answer comes at once and says where now is. */
  after: z.string().max(4_000).optional(),
  /** Seconds to wait for the first change. */
  wait: z.coerce.number().int().min(0).max(20).default(0),
});

export const changesOf = <Topic extends z.ZodType>(topic: Topic) =>
  z.object({
    next: z.string(),
    changed: z.array(
      z.object({
        topic,
        /** Which rows, each with its version now, or null for one whose version does not tell; null for many. */
        rows: z.array(z.object({ id: Id, version: z.number().int().nullable() })).nullable(),
      }),
    ),
  });
