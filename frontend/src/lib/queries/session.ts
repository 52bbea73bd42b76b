import { Me } from '@legendops/auth/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ApiProblem } from '../problem.ts';

export const sessionKey = ['session'] as const;

/** Who is signed in; null when nobody is. */
export type SignedIn = Me | null;

export const session = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<SignedIn> => {
    try {
      return await api.request({ method: 'GET', path: '/api/auth/v1/me', signal }, Me);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 15_000,
});
