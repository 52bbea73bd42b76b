import { Connections } from '@legendops/billing/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const connectionsPath = '/api/billing/v1/connections';

export const connections = queryOptions({
  queryKey: [connectionsPath],
  queryFn: async ({ signal }) =>
    (await api.request({ method: 'GET', path: connectionsPath, signal }, Connections)).data,
});
