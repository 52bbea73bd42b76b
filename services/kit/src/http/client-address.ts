import type { IncomingMessage } from 'node:http';

// Azure's Application Gateway appends the port as well: with it every connection would be another client.
const withPort = /^(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/;
const withoutPort = (seen: string): string => {
  const [, inBrackets, dotted] = withPort.exec(seen) ?? [];
  return inBrackets ?? dotted ?? seen;
};

/**
 * The client's address: of so many proxies of ours in front, each has appended to X-Forwarded-For the address that it saw.
 * What stands before those was written by whoever liked.
 */
export const clientAddress = (request: IncomingMessage, trustedHops: number): string => {
  const direct = request.socket.remoteAddress ?? '';
  const forwarded = request.headers['x-forwarded-for'];
  if (trustedHops === 0 || forwarded === undefined) return direct;
  const seen = forwarded.toString().split(',');
  return withoutPort((seen[Math.max(0, seen.length - trustedHops)] ?? '').trim()) || direct;
};

/**
 * Whom a limit counts: an IPv4 address, or the half of an IPv6 address that names the network. A subscriber has the whole
 * other half to choose from.
 */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [before = '', after] = address.split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':');
};
