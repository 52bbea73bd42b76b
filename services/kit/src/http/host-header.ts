import type { IncomingMessage } from 'node:http';

/**
 * False for a request with two Host headers, which must be refused (RFC 9112, 3.2): Node keeps the first, and who stands
 * before us may have looked at the other one.
 */
export const hasOneHost = ({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean => {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts <= 1;
};
