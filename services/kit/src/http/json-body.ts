import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { problem } from '../errors/problem.ts';
import { wrongPlace } from './wrong-places.ts';

/** What a request of ours needs by far: a form, a list of a hundred lines. */
export const usualBodyBytes = 64 * 1024;

// Of a body that is data and not an attack, each property or item takes more than this.
const bytesOfEntry = 16;
const deepest = 20;

const decoder = new TextDecoder('utf-8', { fatal: true });

const read = async (request: IncomingMessage, mostBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const tooLarge = (mostBytes: number) => problem('request.too-large', { detail: `At most ${mostBytes} bytes` });

/** Whether the request brings a body at all. */
export const hasBody = ({ headers }: IncomingMessage): boolean => {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
};

/** Counts before any schema looks: a strict schema would name each of a hundred thousand unknown keys. */
const refuseTooMany = (value: unknown, most: number): void => {
  let count = 0;
  const visit = (inner: unknown, depth: number): void => {
    if (typeof inner !== 'object' || inner === null) return;
    if (depth > deepest) throw wrongPlace(['body'], 'too_big', `Nested ${deepest} deep at most`);
    for (const child of Array.isArray(inner) ? (inner as unknown[]) : Object.values(inner)) {
      count += 1;
      if (count > most) throw wrongPlace(['body'], 'too_big', `At most ${most} properties and items`);
      visit(child, depth + 1);
    }
  };
  visit(value, 1);
};

/** Whoever signs a body signs its bytes: the same values written otherwise have another signature. */
export type BodyVerifier = (body: Buffer, headers: IncomingHttpHeaders) => void;

/**
 * The JSON body, undefined when there is none. Only application/json in UTF-8, bounded, no compression. One that is to be
 * verified is so before it is parsed.
 */
export const readJsonBody = async (
  request: IncomingMessage,
  mostBytes: number,
  verify?: BodyVerifier,
): Promise<unknown> => {
  if (!hasBody(request)) {
    verify?.(Buffer.alloc(0), request.headers);
    return undefined;
  }
  const type = request.headers['content-type'] ?? '';
  if (
    !/^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(type) ||
    request.headers['content-encoding'] !== undefined
  ) {
    throw problem('request.unsupported-media-type');
  }
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const bytes = await read(request, mostBytes);
  verify?.(bytes, request.headers);
  if (bytes.length === 0) return undefined;
  const value = parsed(bytes);
  refuseTooMany(value, Math.floor(mostBytes / bytesOfEntry));
  return value;
};

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    throw problem('request.malformed-json');
  }
};
