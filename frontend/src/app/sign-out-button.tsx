import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { api, tokens } from '../lib/api.ts';
import { queryClient } from '../lib/query-client.ts';
import { sessionKey } from '../lib/queries/session.ts';

const signOut = async (): Promise<void> => {
  await api.send({ method: 'POST', path: '/api/auth/v1/sign-out' });
  tokens.forget();
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  queryClient.setQueryData(sessionKey, null);
};

export const SignOutButton = () => {
  const { mutate, isPending, isError } = useMutation({ mutationFn: signOut });
  return (
    <Button look="quiet" pending={isPending} onClick={() => mutate()}>
      <LogOut aria-hidden />
      {isError ? 'Sign out failed, try again' : 'Sign out'}
    </Button>
  );
};
