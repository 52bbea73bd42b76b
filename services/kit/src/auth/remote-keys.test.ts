import { createServer, type RequestListener } from 'node:http';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../http/listen.ts';
import { KeysUnavailable, remoteKeys } from './remote-keys.ts';

interface Key {
  jwk: JWK;
  privateKey: CryptoKey;
}
let first: Key;
let second: Key;
let server: Listening;
let published: JWK[];
let asked: number;
// What the issuer does instead of giving its keys.
let instead: RequestListener | undefined;

const newKey = async (kid: string): Promise<Key> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
};
const url = (): string => `http://127.0.0.1:${server.port}/keys`;
const token = ({ privateKey, jwk }: Key): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid ?? '' })
    .setExpirationTime('5m')
    .sign(privateKey);

beforeAll(async () => {
  [first, second] = [await newKey('first'), await newKey('second')];
});
beforeEach(async () => {
  published = [first.jwk];
  asked = 0;
  instead = undefined;
  server = await listen(
    createServer((request, response) => {
      asked += 1;
      if (instead) instead(request, response);
      else response.end(JSON.stringify({ keys: published }));
    }),
    0,
    '127.0.0.1',
  );
});
afterEach(() => server.close(0));

describe('the keys of an issuer', () => {
  it('are fetched once for many tokens, and a new key is known as soon as a token comes by it', async () => {
    const keys = remoteKeys(url(), { everyMs: 10 });
    const texts = await Promise.all(Array.from({ length: 20 }, () => token(first)));
    await Promise.all(texts.map((text) => jwtVerify(text, keys)));
    expect(asked).toBe(1);
    published = [first.jwk, second.jwk];
    await jwtVerify(await token(second), keys);
    expect(asked).toBe(2);
  });

  it('are asked for at a bounded rate, however many unknown ids come', async () => {
    const everyMs = 100;
    const keys = remoteKeys(url(), { everyMs });
    await jwtVerify(await token(first), keys);
    const began = performance.now();
    const unknown = await token(second);
    const refusals = await Promise.allSettled(Array.from({ length: 200 }, () => jwtVerify(unknown, keys)));
    expect(refusals.map(({ status }) => status)).not.toContain('fulfilled');
    expect(asked).toBeLessThanOrEqual(2 + (performance.now() - began) / everyMs);
    // Whoever holds a good token meanwhile is not held up.
    await jwtVerify(await token(first), keys);
  });

  it.each<[string, RequestListener]>([
    ['fails', (_request, response) => response.writeHead(500).end()],
    ['answers with a page', (_request, response) => response.end('<html>')],
    ['has none', (_request, response) => response.end('{"keys":[]}')],
    ['sends us elsewhere', (_request, response) => response.writeHead(302, { location: '/keys' }).end()],
    ['answers without end', (_request, response) => response.end(`{"keys":[]${' '.repeat(65_536)}}`)],
    ['says nothing', () => undefined],
  ])('stay in use while the issuer %s; without any the token is not refused for it', async (_title, answer) => {
    const keys = remoteKeys(url(), { everyMs: 10, timeoutMs: 300 });
    await jwtVerify(await token(first), keys);
    instead = answer;
    await expect(jwtVerify(await token(second), keys)).rejects.toBeInstanceOf(KeysUnavailable);
    await jwtVerify(await token(first), keys);
    const fresh = remoteKeys(url(), { everyMs: 10, timeoutMs: 300 });
    await expect(jwtVerify(await token(first), fresh)).rejects.toBeInstanceOf(KeysUnavailable);
  });
});
