import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf } from './client-address.ts';

const from = (forwarded: string | undefined, hops: number): string =>
  clientAddress(
    { socket: { remoteAddress: '10.0.0.9' }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage,
    hops,
  );

describe("a client's address", () => {
  it.each([
    ['203.0.113.1', 0, '10.0.0.9'],
    [undefined, 1, '10.0.0.9'],
    ['203.0.113.1', 1, '203.0.113.1'],
    ['198.51.100.7, 203.0.113.1', 1, '203.0.113.1'],
    ['198.51.100.7, 203.0.113.1', 2, '198.51.100.7'],
    ['203.0.113.1', 3, '203.0.113.1'],
    ['', 1, '10.0.0.9'],
    ['198.51.100.7:80, 203.0.113.1:50123', 1, '203.0.113.1'],
    ['[2001:db8::6]:50123', 1, '2001:db8::6'],
    ['[2001:db8::6]', 1, '2001:db8::6'],
    ['2001:db8::6', 1, '2001:db8::6'],
  ])('X-Forwarded-For %j behind %i proxies is %s', (forwarded, hops, expected) => {
    expect(from(forwarded, hops)).toBe(expected);
  });
});

describe('a limit counts', () => {
  it.each([
    ['203.0.113.1', '203.0.113.1'],
    ['::ffff:203.0.113.1', '203.0.113.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s as %s', (address, network) => expect(networkOf(address)).toBe(network));
});
