import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { tokens } from '../lib/api.ts';
import { readProblem } from '../lib/problem.ts';
import { endSession } from '../lib/query-client.ts';

/** Ends the session of the cookie. Without an access token: a suspended organisation gets none, its people still leave. */
const signOut = async (): Promise<void> => {
  const response = await fetch('/api/auth/v1/sign-out', { method: 'POST' });
  if (!response.ok) throw await readProblem(response);
  tokens.forget();
  endSession();
};

export const SignOutButton = () => {
  const { mutate, isPending, isError } = useMutation({ mutationFn: signOut });
  return (
    <Button look="quiet" pending={isPending} onClick={() => mutate()}>
      <LogOut aria-hidden />
      <span className="in-[header]:max-sm:sr-only">{isError ? 'Sign out failed, try again' : 'Sign out'}</span>
    </Button>
  );
};
