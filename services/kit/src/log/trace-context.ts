import { randomHex } from './random-ids.ts';
import { runInContext } from './request-context.ts';

// W3C Trace Context, level 1: version-traceid-parentid-flags; all-zero ids are invalid.
const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface TraceContext {
  traceId: string;
  /** To send on outgoing calls: same trace, our own span as parent. */
  traceparent: string;
}

/** Continues the caller's trace, or begins one where the header is absent or not valid. */
export const continueTrace = (header: string | undefined): TraceContext => {
  const match = header === undefined ? null : pattern.exec(header);
  const traceId = match?.[1] ?? randomHex(16);
  return { traceId, traceparent: `00-${traceId}-${randomHex(8)}-${match?.[3] ?? '01'}` };
};

/** For what nobody asked for: a round of background work, a job. Its log lines and its calls belong to one new trace. */
export const inNewTrace = <T>(work: () => T): T => runInContext(continueTrace(undefined), work);
