import { QueryCache, QueryClient } from '@tanstack/react-query';
import { drafts } from './drafts.ts';
import { isLive } from './live/live-state.ts';
import { ApiProblem, isRefusal, isSuspension } from './problem.ts';
import { sessionKey, type SignedIn } from './queries/session.ts';

/** What is typed stays for the person who comes back, and for nobody else. */
const keepDrafts = (): void => {
  const me = queryClient.getQueryData<SignedIn>(sessionKey);
  if (me != null) drafts.keep(me.member.id);
};

/** Forgets who was signed in and everything that was read for them; the sign-in page comes up. */
export const endSession = (): void => {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  queryClient.setQueryData(sessionKey, null);
};

/** Whether reading it again may help: not when the service has decided, nor when this page does not know its answers. */
const mayPass = (error: unknown): boolean =>
  !isRefusal(error) && !(error instanceof ApiProblem && error.code === 'answer.unexpected');

/**
 * A 401 that a fresh token did not mend means that the session is over, and a suspension that the portal is: whichever
 * request notices it first.
 */
export const mindSession = (error: unknown): void => {
  if (error instanceof ApiProblem && error.status === 401) {
    keepDrafts();
    endSession();
  }
  const known = queryClient.getQueryState(sessionKey)?.error;
  if (isSuspension(error) && !isSuspension(known)) {
    keepDrafts();
    void queryClient.invalidateQueries({ queryKey: sessionKey });
  }
};

// What is not told of changes is old after this time.
const freshMs = 15_000;

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: mindSession }),
  defaultOptions: {
    queries: {
      staleTime: ({ queryKey: [path] }) => (isLive(path) ? Infinity : freshMs),
      // A list that was left stays as far as it was loaded, for the way back to it.
      gcTime: 30 * 60_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
    },
  },
});
