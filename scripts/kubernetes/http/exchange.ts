import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../object/api-error.ts';
import { objectText } from './object-text.ts';

/** One request with its answer. */
export type Exchange = {
  method: string;
  path: string;
  query: URLSearchParams;
  accept: string;
  contentType: string;
  userAgent: string;
  request: IncomingMessage;
  response: ServerResponse;
  bytes(): Promise<Buffer>;
  body(): Promise<string>;
};

const longestBody = 3 * 1024 * 1024;

export const exchangeOf = (request: IncomingMessage, response: ServerResponse): Exchange => {
  const url = new URL(request.url ?? '/', 'https://localhost');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    accept: request.headers.accept ?? '*/*',
    contentType: (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
    userAgent: request.headers['user-agent'] ?? '',
    request,
    response,
    bytes: () => readBody(request),
    body: async () => (await readBody(request)).toString('utf8'),
  };
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > longestBody)
      throw new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${longestBody}`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};

export const sendText = (
  { response }: Exchange,
  status: number,
  text: string,
  contentType = 'application/json',
): void => {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
  });
  response.end(text);
};

export const sendJson = (exchange: Exchange, status: number, value: object): void =>
  sendText(exchange, status, objectText(value));

/** Warnings as HTTP headers, which kubectl prints. */
export const addWarning = ({ response }: Exchange, text: string): void => {
  response.appendHeader('warning', `299 - "${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
};
