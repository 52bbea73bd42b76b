import type { Log } from '../log/logger.ts';
import { inNewTrace } from '../log/trace-context.ts';

/** Work of a service beside requests: again and again with a pause, sooner when nudged, never twice at once. */
export interface Repeating {
  nudge(): void;
  stop(): Promise<void>;
}

/** A failed round is logged and tried again after the pause: the state it works on is in the database. */
export const repeat = (
  work: () => Promise<void>,
  { everyMs, log, name }: { everyMs: number; log: Log; name: string },
): Repeating => {
  let stopped = false;
  let wake: (() => void) | undefined;
  let nudged = false;

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      nudged = false;
      await inNewTrace({ name }, () =>
        work().catch((error: unknown) => log.warn({ err: error, work: name }, 'background work failed')),
      );
      if (!stopped && !nudged) await pause();
    }
  };
  const done = run();
  return {
    nudge: () => {
      nudged = true;
      wake?.();
    },
    stop: async () => {
      stopped = true;
      wake?.();
      await done;
    },
  };
};
