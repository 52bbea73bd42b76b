import { tokens } from '../api.ts';
import { drafts } from '../drafts.ts';
import { readProblem } from '../problem.ts';
import { endSession } from '../query-client.ts';
import { useRunOnce } from './use-act.ts';

/** Ends the session of the cookie. Without an access token: a suspended organisation gets none, its people still leave. */
const signOut = async (): Promise<void> => {
  const response = await fetch('/api/auth/v1/sign-out', { method: 'POST' });
  if (!response.ok) throw await readProblem(response);
  tokens.forget();
  drafts.forget();
  endSession();
};

export const useSignOut = () => useRunOnce(signOut);
