import { Connections } from '@legendops/billing/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const connectionsPath = '/api/billing/v1/connections';

export const connections = queryOptions({
  queryKey: [connectionsPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: connectionsPath, signal }, Connections),
});
