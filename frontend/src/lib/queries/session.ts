import { Me } from '@legendops/auth/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ApiProblem } from '../problem.ts';

export const sessionKey = ['session'] as const;

/** Who is signed in; null when nobody is. */
export const session = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await api.request({ method: 'GET', path: '/api/auth/v1/me', signal }, Me);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 15_000,
  // A page that is only looked at learns of a suspension or of another role as well.
  refetchInterval: 15_000,
});
