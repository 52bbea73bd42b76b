import type { IncomingMessage } from 'node:http';
import { problem } from '../errors/problem.ts';

const limitBytes = 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes)
      throw problem('request.too-large', { detail: `At most ${limitBytes} bytes`, headers: { connection: 'close' } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** The JSON body, undefined when there is none. Only application/json in UTF-8, at most 1 MiB, no compression. */
export const readJsonBody = async (request: IncomingMessage): Promise<unknown> => {
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) return undefined;
  const type = request.headers['content-type'] ?? '';
  if (
    !/^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(type) ||
    request.headers['content-encoding'] !== undefined
  ) {
    throw problem('request.unsupported-media-type');
  }
  const bytes = await read(request);
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    throw problem('request.malformed-json');
  }
};
