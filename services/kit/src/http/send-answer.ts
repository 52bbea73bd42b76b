import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LogContext } from '../log/request-context.ts';
import { hasBody } from './json-body.ts';

/** On every answer of an API, errors included (OWASP ASVS 3.4); the portal's pages have their own, with a wider CSP. */
const securityHeaders: readonly string[] = Object.entries({
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}).flat();

export interface OutgoingAnswer {
  status: number;
  /** Names and values in turns. */
  headers: readonly string[];
  cookies?: readonly string[] | undefined;
  contentType?: string;
  text?: string | Uint8Array | undefined;
  /** The head alone: its body follows in parts. */
  isOpen?: boolean;
}

// A page brings some of them itself; sent twice, both would hold.
const withoutNamed = (defaults: readonly string[], headers: readonly string[]): string[] =>
  defaults.filter((_, index) => !headers.includes(defaults[index - (index % 2)] ?? ''));

/**
 * Writes an answer at once, head and body in one packet: a list of headers that is handed over whole costs a third of
 * setting them one by one.
 */
export const sendAnswer = (
  request: IncomingMessage,
  response: ServerResponse,
  { requestId = '', traceparent = '' }: LogContext,
  { status, headers, cookies = [], contentType, text, isOpen = false }: OutgoingAnswer,
): void => {
  const standing = contentType === undefined ? securityHeaders : withoutNamed(securityHeaders, headers);
  const all = [...standing, 'x-request-id', requestId, 'traceparent', traceparent, ...headers];
  for (const cookie of cookies) all.push('set-cookie', cookie);
  // What has not come yet of a refused request's body is not waited for. Without one the connection goes on: a proxy
  // shares it between people.
  if (status >= 400 && !request.complete && hasBody(request)) all.push('connection', 'close');
  if (isOpen) {
    response.writeHead(status, [...all, 'content-type', contentType ?? 'text/plain; charset=utf-8']);
    return;
  }
  if (text === undefined) {
    if (status !== 204 && status !== 304) all.push('content-length', '0');
    response.writeHead(status, all).end();
    return;
  }
  all.push('content-type', contentType ?? 'application/json; charset=utf-8');
  all.push('content-length', Buffer.byteLength(text).toString());
  response.writeHead(status, all).end(text);
};
