import { Counter } from 'prom-client';

export const restRequests = new Counter({
  name: 'rest_client_requests_total',
  help: 'Requests to the API server by status code, method and host; <error> is one without an answer',
  labelNames: ['code', 'method', 'host'] as const,
});
