import { Counter } from 'prom-client';

export const restRequests = new Counter({
  name: 'rest_client_requests_total',
  help: 'Requests to the API server by status code and method',
  labelNames: ['code', 'method'] as const,
});
