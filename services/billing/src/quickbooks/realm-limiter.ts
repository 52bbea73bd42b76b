import { QuickBooksError } from './quickbooks-error.ts';
import { namedRestMs } from './rest.ts';

/**
 * QuickBooks takes 10 requests a second and realm from one application, and old pages say 10 at once. Calls that leave
 * evenly arrive unevenly, and a refused one waits a minute: so both are kept with room. Where QuickBooks says for how long
 * it takes none, that holds for every call of the realm: they are refused here, and not sent.
 */
export interface RealmLimiter {
  run<T>(realmId: string, work: () => Promise<T>): Promise<T>;
}

const atOnce = 8;
const perSecond = 8;

interface Lane {
  running: number;
  /** When each of the last starts happened. */
  starts: number[];
  waiting: (() => void)[];
}

export const realmLimiter = (now: () => number = Date.now): RealmLimiter => {
  const lanes = new Map<string, Lane>();
  const restsUntil = new Map<string, number>();

  const requireAwake = (realmId: string): void => {
    const leftMs = (restsUntil.get(realmId) ?? 0) - now();
    if (leftMs > 0)
      throw new QuickBooksError('throttled', 'rest', `QuickBooks asks for ${Math.ceil(leftMs / 1_000)} s of rest`, {
        retryAfterMs: leftMs,
      });
    restsUntil.delete(realmId);
  };
  const noteRest = (realmId: string, error: unknown): void => {
    const restMs = error instanceof QuickBooksError ? namedRestMs(error) : 0;
    if (restMs > 0) restsUntil.set(realmId, Math.max(restsUntil.get(realmId) ?? 0, now() + restMs));
  };

  const admit = (realmId: string, lane: Lane): void => {
    while (lane.waiting.length > 0 && lane.running < atOnce) {
      lane.starts = lane.starts.filter((start) => now() - start < 1000);
      if (lane.starts.length >= perSecond) {
        setTimeout(() => admit(realmId, lane), 1000 - (now() - (lane.starts[0] ?? now())) + 1);
        return;
      }
      lane.starts.push(now());
      lane.running += 1;
      lane.waiting.shift()?.();
    }
    if (lane.running === 0 && lane.waiting.length === 0 && lane.starts.every((start) => now() - start >= 1000))
      lanes.delete(realmId);
  };

  return {
    run: async (realmId, work) => {
      requireAwake(realmId);
      const lane = lanes.get(realmId) ?? { running: 0, starts: [], waiting: [] };
      lanes.set(realmId, lane);
      await new Promise<void>((resolve) => {
        lane.waiting.push(resolve);
        admit(realmId, lane);
      });
      try {
        requireAwake(realmId);
        return await work();
      } catch (error) {
        noteRest(realmId, error);
        throw error;
      } finally {
        lane.running -= 1;
        admit(realmId, lane);
      }
    },
  };
};
