import { tracedFetch } from './traced-fetch.ts';

export interface BoundedRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  /** For the whole exchange, the answer's body included. */
  timeoutMs: number;
  mostBytes: number;
}

export interface BoundedAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** An exchange with somebody else's server: no redirect is followed, and what it sends has an end in time and in size. */
export const readBounded = async (
  url: string,
  { method = 'GET', headers = {}, body, timeoutMs, mostBytes }: BoundedRequest,
): Promise<BoundedAnswer> => {
  const response = await tracedFetch(url, {
    method,
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body !== undefined && { body }),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early ends the transfer.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Error(`${new URL(url).host} answered with more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return { status: response.status, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') };
};

/** The answer as JSON, undefined when it is none: the shape is the caller's to check. */
export const jsonOf = ({ text }: BoundedAnswer): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
