import type { Tracer } from './span.ts';

interface Tracing {
  tracer: Tracer;
  sampleRatio: number;
}

let tracing: Tracing | undefined;

/** Whom spans of this process go to; undefined, as it is in the beginning, for nobody. */
export const traceWith = (next: Tracing | undefined): void => {
  tracing = next;
};

/** The share of new traces that are recorded, from now on. */
export const sampleTraces = (sampleRatio: number): void => {
  if (tracing) tracing.sampleRatio = sampleRatio;
};

export const tracerInUse = (): Tracer | undefined => tracing?.tracer;

/** Whether a trace that begins here is recorded: whoever continues it goes by what is said of it. */
export const isSampled = (): boolean => tracing !== undefined && Math.random() < tracing.sampleRatio;
