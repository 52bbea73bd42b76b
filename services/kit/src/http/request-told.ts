import type { LogContext } from '../log/request-context.ts';
import { observeRequest } from './request-metrics.ts';

interface Answered {
  method: string;
  /** The route's pattern. */
  route: string;
  status: number;
}

/** What is kept of a request when it is answered: its time, and where its trace is recorded, what it was. */
export const told = (answered: Answered, startedAt: number, { span, requestId, tenantId }: LogContext): void => {
  observeRequest(answered, startedAt);
  if (span === undefined) return;
  const { method, route, status } = answered;
  span.name(`${method} ${route}`);
  span.set({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    ...(requestId !== undefined && { 'legendops.request.id': requestId }),
    ...(tenantId !== undefined && { 'legendops.tenant.id': tenantId }),
  });
  if (status >= 500) span.fail(undefined);
  span.end();
};
