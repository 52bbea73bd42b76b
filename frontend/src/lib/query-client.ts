import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isRefusal, isSuspension } from './problem.ts';
import { sessionKey } from './queries/session.ts';

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
const mindSession = (error: unknown): void => {
  if (error instanceof ApiProblem && error.status === 401) endSession();
  const known = queryClient.getQueryState(sessionKey)?.error;
  if (isSuspension(error) && !isSuspension(known)) void queryClient.invalidateQueries({ queryKey: sessionKey });
};

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: mindSession }),
  mutationCache: new MutationCache({ onError: mindSession }),
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (failures, error) => failures < 2 && mayPass(error) },
  },
});
