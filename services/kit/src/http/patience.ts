import { setTimeout as pause } from 'node:timers/promises';

/** How long somebody waits until a server takes another request. */
export interface Patience {
  /** Waits; false, and at once, where it would be longer than there is time for. */
  wait(ms: number): Promise<boolean>;
}

/** Patience that is counted from now on, however it is spent. */
export const patience = ({
  forMs,
  now = Date.now,
  sleep = (ms) => pause(ms),
}: {
  forMs: number;
  now?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
}): Patience => {
  const until = now() + forMs;
  return {
    wait: async (ms) => {
      if (now() + ms > until) return false;
      await sleep(ms);
      return true;
    },
  };
};

// Whoever asks for a page of ours has gone after half a minute, with all that a call may take besides.
const personMs = 12_000;

/** Of somebody who looks at a screen. */
export const patienceOfPerson = (): Patience => patience({ forMs: personMs });
