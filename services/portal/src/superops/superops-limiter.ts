import { setTimeout as pause } from 'node:timers/promises';
import { SuperOpsError } from './superops-error.ts';

/** Resolves when another request of this user may leave; throws when that would be later than anybody waits. */
export type SuperOpsLimiter = (user: string) => Promise<void>;

const windowMs = 60_000;
const longestWaitMs = 10_000;

/**
 * SuperOps takes 800 requests a minute and user, and counts those of all processes together: each of ours takes its part,
 * so that two of them leave room for what people do with the same user.
 */
export const superOpsLimiter = ({
  perMinute,
  now = Date.now,
  wait = (ms) => pause(ms),
}: {
  /** As it is now. */
  perMinute: () => number;
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
}): SuperOpsLimiter => {
  /** When each request of the last minute left, or will leave. */
  const leaving = new Map<string, number[]>();
  return async (user) => {
    for (const [name, times] of leaving) if ((times.at(-1) ?? 0) <= now() - windowMs) leaving.delete(name);
    const times = (leaving.get(user) ?? []).filter((time) => time > now() - windowMs);
    const most = perMinute();
    const earliest = times.length < most ? now() : (times.at(-most) ?? 0) + windowMs;
    const waitMs = earliest - now();
    if (waitMs > longestWaitMs)
      throw new SuperOpsError('throttled', 'Our own requests to SuperOps are too many at present', {
        retryAfterMs: waitMs,
      });
    leaving.set(user, [...times, earliest]);
    if (waitMs > 0) await wait(waitMs);
  };
};
