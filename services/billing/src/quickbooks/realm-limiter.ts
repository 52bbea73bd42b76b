/**
 * QuickBooks takes 10 requests a second and realm from one application, and old pages say 10 at once. Calls that leave
 * evenly arrive unevenly, and a refused one waits a minute: so both are kept with room.
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
      const lane = lanes.get(realmId) ?? { running: 0, starts: [], waiting: [] };
      lanes.set(realmId, lane);
      await new Promise<void>((resolve) => {
        lane.waiting.push(resolve);
        admit(realmId, lane);
      });
      try {
        return await work();
      } finally {
        lane.running -= 1;
        admit(realmId, lane);
      }
    },
  };
};
