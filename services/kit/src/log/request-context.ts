import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '../trace/span.ts';

/** What every log line of a request or a run carries. */
export interface LogContext {
  requestId?: string;
  tenantId?: string;
  /** Who asks, where it is a person of ours. */
  memberId?: string;
  traceId?: string;
  traceparent?: string;
  /** What is recorded now; absent where this trace is not. */
  span?: Span;
}

const storage = new AsyncLocalStorage<LogContext>();

export const currentContext = (): LogContext => storage.getStore() ?? {};

export const runInContext = <T>(context: LogContext, work: () => T): T => storage.run(context, work);

/** Adds to the running request's context, once the tenant or the person is known. Does nothing outside a request. */
export const addToContext = (more: LogContext): void => {
  const context = storage.getStore();
  if (context) Object.assign(context, more);
};
