import { ROOT_CONTEXT, SpanKind as Kinds, SpanStatusCode, TraceFlags, trace, type Context } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { randomHex } from '../log/random-ids.ts';
import { errorType } from './error-type.ts';
import type { ParentSpan, SpanKind, Tracer } from './span.ts';

const kinds: Record<SpanKind, Kinds> = { server: Kinds.SERVER, client: Kinds.CLIENT, internal: Kinds.INTERNAL };

const contextOf = (parent: ParentSpan | undefined): Context =>
  parent === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, { ...parent, traceFlags: TraceFlags.SAMPLED, isRemote: true });

/** Records whatever it is given: who begins a trace has decided whether it is. */
export const otlpTracer = (service: string, queue: SpanProcessor): { tracer: Tracer; stop: () => Promise<void> } => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'legendops' }),
    sampler: new AlwaysOnSampler(),
    spanLimits: { attributeValueLengthLimit: 4_096, attributeCountLimit: 32 },
    idGenerator: { generateTraceId: () => randomHex(16), generateSpanId: () => randomHex(8) },
    spanProcessors: [queue],
  });
  const recorder = provider.getTracer('legendops');
  const tracer: Tracer = {
    start: ({ name, kind, attributes = {} }, parent) => {
      const span = recorder.startSpan(name, { kind: kinds[kind], attributes: { ...attributes } }, contextOf(parent));
      const { traceId, spanId } = span.spanContext();
      return {
        traceId,
        traceparent: `00-${traceId}-${spanId}-01`,
        name: (better) => void span.updateName(better),
        set: (more) => void span.setAttributes({ ...more }),
        fail: (error) => {
          span.setStatus({ code: SpanStatusCode.ERROR });
          if (error !== undefined) span.setAttribute('error.type', errorType(error));
        },
        end: () => span.end(),
      };
    },
  };
  return { tracer, stop: () => provider.shutdown() };
};
