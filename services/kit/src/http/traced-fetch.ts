import { inSpan } from '../trace/in-span.ts';
import type { SpanAttributes } from '../trace/span.ts';

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

const aboutUrl = (url: string) => {
  const { hostname, port, protocol } = new URL(url);
  return {
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
  } satisfies SpanAttributes;
};

/**
 * `fetch` as a span of the running trace. Neither path nor query is told of it: vendors have secrets there, and we have ids.
 * Headers that carry a trace carry this span; others go without, since a vendor has no use for our ids.
 */
export const tracedFetch = async (url: string, { headers = {}, ...init }: Init): Promise<Response> => {
  const { method = 'GET' } = init;
  const about = aboutUrl(url);
  const attributes = { 'http.request.method': method, ...about };
  return inSpan({ name: `${method} ${about['server.address']}`, kind: 'client', attributes }, async (span) => {
    const sent = span && headers.traceparent !== undefined ? { ...headers, traceparent: span.traceparent } : headers;
    const response = await fetch(url, { ...init, headers: sent });
    span?.set({ 'http.response.status_code': response.status });
    if (response.status >= 500) span?.fail(undefined);
    return response;
  });
};
