import { revocationSeconds } from '../contract/revocations.ts';

/** Sessions that ended, each for as long as a token of it could still be sent. */
export interface EndedSessions {
  add(sessions: readonly string[]): void;
  has(session: string): boolean;
  size(): number;
}

/** `now` runs steadily: a clock that is set back must not make anybody forget. */
export const endedSessions = (now: () => number): EndedSessions => {
  // A Map keeps the order of arrival, and all live equally long: the oldest are at its beginning.
  const until = new Map<string, number>();
  const forget = (): void => {
    for (const [session, end] of until) {
      if (end > now()) return;
      until.delete(session);
    }
  };
  return {
    add: (sessions) => {
      forget();
      const end = now() + revocationSeconds * 1000;
      for (const session of sessions) {
        until.delete(session);
        until.set(session, end);
      }
    },
    has: (session) => until.has(session),
    size: () => until.size,
  };
};
