import { z } from 'zod';

/**
 * How long a session that ended is told and remembered: twice the life of the tokens that may still speak of it. Whoever asks
 * for the first time is told of so many seconds.
 */
export const revocationSeconds = 600;

/** Sessions that ended: no token of theirs is good any more. `next` is where the next question begins. */
export const Revocations = z.object({ sessions: z.array(z.uuid()), next: z.string() }).meta({ id: 'Revocations' });

export type Revocations = z.infer<typeof Revocations>;
