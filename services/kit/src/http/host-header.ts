import type { IncomingMessage } from 'node:http';
import { problem } from '../errors/problem.ts';

/**
 * Refuses a request with two Host headers (RFC 9112, 3.2). Node keeps the first; who stands before us may have looked at
 * the other one.
 */
export const requireOneHost = ({ rawHeaders }: IncomingMessage): void => {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1) throw problem('request.invalid', { detail: 'There is more than one Host header' });
};
