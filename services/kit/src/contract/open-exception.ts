import { z } from 'zod';
import { Id } from './values.ts';

/** What waits on billing's worklist, as another service asks about it. */
export const OpenException = z.object({
  id: Id,
  /** Null where it is of no customer. */
  customerId: Id.nullable(),
  detail: z.string(),
});

export type OpenException = z.infer<typeof OpenException>;
