/**
 * What a span may say of itself, and nothing else: no path, query, header, body, parameter or message, in which a secret or a
 * person could stand. The text of a statement is a constant of ours, its values travel beside it.
 */
export interface SpanAttributes {
  'http.request.method'?: string;
  /** A route's pattern, never a path with ids. */
  'http.route'?: string;
  'http.response.status_code'?: number;
  'server.address'?: string;
  'server.port'?: number;
  'db.system.name'?: 'postgresql';
  'db.namespace'?: string;
  'db.operation.name'?: string;
  'db.query.text'?: string;
  /** A class of error or a code: never what it says. */
  'error.type'?: string;
  'legendops.request.id'?: string;
  'legendops.tenant.id'?: string;
  'legendops.tenant.name'?: string;
  'legendops.job.name'?: string;
  'legendops.phase.name'?: string;
  'legendops.vault.operation'?: string;
}

export type SpanKind = 'server' | 'client' | 'internal';

/** A piece of work that is recorded. One that is not is no Span at all. */
export interface Span {
  readonly traceId: string;
  /** For calls that this work makes: its trace, itself as parent. */
  readonly traceparent: string;
  name(name: string): void;
  set(attributes: SpanAttributes): void;
  fail(error: unknown): void;
  end(): void;
}

export interface SpanStart {
  name: string;
  kind: SpanKind;
  attributes?: SpanAttributes;
}

/** Where a span belongs; without one it begins a trace. */
export interface ParentSpan {
  traceId: string;
  spanId: string;
}

export interface Tracer {
  start(start: SpanStart, parent: ParentSpan | undefined): Span;
}
