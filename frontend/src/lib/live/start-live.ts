import { Changes } from '@legendops/billing/contract';
import { api } from '../api.ts';
import { ApiProblem, isSuspension } from '../problem.ts';
import { session, sessionKey } from '../queries/session.ts';
import { mindSession, queryClient } from '../query-client.ts';
import { applyChanges, pathsOf, topics } from './apply-changes.ts';
import { followChanges } from './follow-changes.ts';
import { cover, setLive } from './live-state.ts';

// Below the 15 s after which a proxy that nobody has configured ends a request.
const waitSeconds = 12;

const isVisible = (): boolean => document.visibilityState === 'visible';

const seen = (): Promise<void> =>
  isVisible()
    ? Promise.resolve()
    : new Promise((resolve) => {
        const look = (): void => {
          if (!isVisible()) return;
          document.removeEventListener('visibilitychange', look);
          resolve();
        };
        document.addEventListener('visibilitychange', look);
      });

const judge = (error: unknown): 'again' | 'anew' | 'end' => {
  mindSession(error);
  if (!(error instanceof ApiProblem)) return 'again';
  if (error.status === 401) return 'end';
  return error.status === 400 ? 'anew' : 'again';
};

/** From the opening of the portal until its session ends: one request at a time tells of what others change. */
export const startLive = (): void => {
  // Who is told nothing of runs is not told of the usage that these bring, either.
  queryClient.ensureQueryData(session).then(
    (me) =>
      cover(
        topics
          .filter((topic) => topic !== 'usage' || me?.permissions.includes('run.read'))
          .flatMap((topic) => pathsOf[topic]),
      ),
    () => undefined,
  );
  const ask = async (after: string | undefined, signal: AbortSignal): Promise<Changes> => {
    const query = { after, wait: after === undefined ? 0 : waitSeconds };
    const changes = await api.request({ method: 'GET', path: '/api/billing/v1/changes', query, signal }, Changes);
    // The organisation is open again.
    if (isSuspension(queryClient.getQueryState(sessionKey)?.error))
      void queryClient.invalidateQueries({ queryKey: sessionKey });
    return changes;
  };
  void followChanges({
    ask,
    apply: applyChanges,
    missed: () => void queryClient.invalidateQueries(),
    live: setLive,
    judge,
    seen,
    onHidden: (told) =>
      document.addEventListener('visibilitychange', () => {
        if (!isVisible()) told();
      }),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  });
};
