import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../errors/reason-of.ts';
import type { Log } from '../log/logger.ts';

/**
 * Waits until the check passes, however long that takes: a process that ended instead would be started again with ever longer
 * pauses, and be late once the database is there. Every new reason is one line.
 */
export const untilFit = async (
  check: () => Promise<unknown>,
  { log, everyMs = 2_000 }: { log: Log; everyMs?: number },
): Promise<void> => {
  let told: string | undefined;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      const reason = reasonOf(error);
      if (reason !== told) log.error(`not ready: ${reason}`);
      told = reason;
    }
    await pause(everyMs);
  }
};
