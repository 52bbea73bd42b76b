import { repeated, type Repeated } from '@legendops/operator-runtime/polling/repeated';

/** The database's clock, as this process follows it. */
export interface DatabaseClock extends Repeated {
  /** What time it is there as far as is known; our own time before it was first asked. */
  now(): Date;
  /** The same, for what must not be decided by our own clock: asks where it has not been asked for long. */
  certain(): Promise<Date>;
}

export interface DatabaseClockOptions {
  read: () => Promise<Date>;
  everyMs: number;
  /** Told at every answer how far our own clock is ahead of the database's. */
  onAnswer: (aheadMs: number) => void;
  onError: (error: unknown) => void;
  /** Our own clock. */
  local?: () => Date;
  /** Milliseconds that only ever grow, whatever is done to our own clock. */
  elapsedMs?: () => number;
}

// Quartz drifts by a second in some hours; after so many missed answers it is asked again before it is relied upon.
const trustedForAnswers = 5;

/**
 * One clock decides: who made a password and who asks whether it is old may be two processes on two machines, whose clocks
 * differ by hours. From one answer to the next our monotonic time goes on, which no correction of our own clock moves.
 */
export const followDatabaseClock = (options: DatabaseClockOptions): DatabaseClock => {
  const { read, everyMs, onAnswer, onError, local = () => new Date(), elapsedMs = () => performance.now() } = options;
  let known: { time: number; at: number } | undefined;

  const ask = async (): Promise<void> => {
    const began = elapsedMs();
    const time = (await read()).getTime();
    const at = (began + elapsedMs()) / 2;
    known = { time, at };
    onAnswer(local().getTime() - (time + elapsedMs() - at));
  };
  const now = (): Date => (known ? new Date(known.time + elapsedMs() - known.at) : local());
  return {
    ...repeated({ round: ask, everyMs, onError }),
    now,
    certain: async () => {
      if (!known || elapsedMs() - known.at > trustedForAnswers * everyMs) await ask();
      return now();
    },
  };
};
