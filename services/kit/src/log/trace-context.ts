import { ending } from '../trace/in-span.ts';
import type { ParentSpan, Span, SpanStart } from '../trace/span.ts';
import { isSampled, tracerInUse } from '../trace/tracer.ts';
import { randomHex } from './random-ids.ts';
import { runInContext } from './request-context.ts';

// W3C Trace Context, level 1: version-traceid-parentid-flags; all-zero ids are invalid.
const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface TraceContext {
  traceId: string;
  /** To send on outgoing calls: same trace, our own span as parent. */
  traceparent: string;
  /** What is recorded of it here. */
  span?: Span;
}

const sampledFlag = 1;

const callerOf = (header: string | undefined): (ParentSpan & { flags: string }) | undefined => {
  const [, traceId, spanId, flags] = (header === undefined ? null : pattern.exec(header)) ?? [];
  return traceId === undefined || spanId === undefined || flags === undefined ? undefined : { traceId, spanId, flags };
};

/**
 * Continues the caller's trace, or begins one where the header is absent or not valid. Whether it is recorded the caller says
 * where it is one of ours, and chance where it is a stranger: who sends a flag must not decide what is written.
 */
export const continueTrace = (
  header: string | undefined,
  { isOurs, ...start }: SpanStart & { isOurs: boolean },
): TraceContext => {
  const caller = callerOf(header);
  const tracer = tracerInUse();
  const isTold = caller !== undefined && (isOurs || !tracer);
  const isRecorded = isTold ? (Number.parseInt(caller.flags, 16) & sampledFlag) !== 0 : isSampled();
  if (tracer && isRecorded) {
    const span = tracer.start(start, caller);
    return { traceId: span.traceId, traceparent: span.traceparent, span };
  }
  const traceId = caller?.traceId ?? randomHex(16);
  return { traceId, traceparent: `00-${traceId}-${randomHex(8)}-${isRecorded ? '01' : '00'}` };
};

/** For what nobody asked for: a round of background work, a job. Its log lines and its calls belong to one new trace. */
export const inNewTrace = <T>(start: Omit<SpanStart, 'kind'>, work: () => Promise<T>): Promise<T> => {
  const context = continueTrace(undefined, { ...start, kind: 'internal', isOurs: true });
  return runInContext(context, () => ending(context.span, work));
};
