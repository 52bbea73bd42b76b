import { currentContext, runInContext } from '../log/request-context.ts';
import type { Span, SpanStart } from './span.ts';
import { tracerInUse } from './tracer.ts';

/** A span below the running one, where that is recorded. Whoever starts it ends it. */
export const startSpan = (start: SpanStart): Span | undefined => {
  const { span: parent } = currentContext();
  if (parent === undefined) return undefined;
  const { traceparent, traceId } = parent;
  return tracerInUse()?.start(start, { traceId, spanId: traceparent.slice(36, 52) });
};

/** Ends the span with the work. */
export const ending = async <T>(span: Span | undefined, work: () => Promise<T>): Promise<T> => {
  if (span === undefined) return work();
  try {
    return await work();
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
};

/** The work as a span below the running one; what it calls and asks belongs to that. Without a recorded one, the work. */
export const inSpan = <T>(start: SpanStart, work: (span: Span | undefined) => Promise<T>): Promise<T> => {
  const span = startSpan(start);
  if (span === undefined) return work(undefined);
  const context = { ...currentContext(), traceparent: span.traceparent, span };
  return runInContext(context, () => ending(span, () => work(span)));
};

/** A step of a job. */
export const inStep = <T>(name: string, work: () => Promise<T>): Promise<T> => inSpan({ name, kind: 'internal' }, work);
