import type { Changes } from '@legendops/billing/contract';

interface Surroundings {
  /** Waits for the first change after a place; at once where there is no place yet. */
  ask: (after: string | undefined, signal: AbortSignal) => Promise<Changes>;
  /** Brings the screen up to date with what is told. */
  apply: (changed: Changes['changed']) => Promise<void>;
  /** Changes may have been missed: whatever is on the screen is read again. */
  missed: () => void;
  /** Whether what was read holds until a change is told. */
  live: (now: boolean) => void;
  /** What asking came to when it failed: go on as before, begin at a new place, or end. */
  judge: (error: unknown) => 'again' | 'anew' | 'end';
  /** Resolves at once while the page can be seen, else when it can be again. */
  seen: () => Promise<void>;
  /** Calls back whenever the page can no longer be seen. */
  onHidden: (told: () => void) => void;
  pause: (ms: number) => Promise<unknown>;
  random: () => number;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/**
 * Follows the changes of others with one request at a time for the whole portal, for as long as somebody can see it.
 * A lost answer loses nothing: the place is where the last one ended, and the service tells what came since.
 */
export const followChanges = async (surroundings: Surroundings): Promise<void> => {
  const { ask, apply, missed, live, judge, seen, onHidden, pause, random } = surroundings;
  let place: string | undefined;
  let pauseMs = firstPauseMs;
  let known = false;
  let asking = new AbortController();
  onHidden(() => asking.abort());

  for (;;) {
    await seen();
    asking = new AbortController();
    try {
      const { next, changed } = await ask(place, asking.signal);
      // A place of its own without one before: what was read until now may be older than that.
      if (place === undefined && known) missed();
      known = true;
      live(true);
      await apply(changed);
      // Only a place that was taken says that the service is well: one that refuses each is asked ever less often.
      if (place !== undefined) pauseMs = firstPauseMs;
      place = next;
    } catch (error) {
      if (asking.signal.aborted) continue;
      live(false);
      const verdict = judge(error);
      if (verdict === 'end') return;
      if (verdict === 'anew') place = undefined;
      await pause(pauseMs * (0.5 + random()));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }
};
