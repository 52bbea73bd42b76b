import { Worklist } from '@legendops/billing/worklist/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const worklistPath = '/api/billing/v1/worklist';

/** Everything that waits for a person, as the service counts it. */
export const worklist = queryOptions({
  queryKey: [worklistPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: worklistPath, signal }, Worklist),
});
