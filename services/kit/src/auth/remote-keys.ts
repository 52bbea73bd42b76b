import { setTimeout as sleep } from 'node:timers/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { readBounded } from '../http/read-bounded.ts';

/** The keys could not be fetched, which says nothing about the token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

const mostBytes = 64 * 1024;
const freshForMs = 10 * 60_000;
// After a failure, while those that are held are used on.
const againAfterMs = 10_000;

interface Held {
  find: JWTVerifyGetKey;
  /** When they were asked for. */
  askedAtMs: number;
}

/**
 * Keys of an issuer: fetched when first needed, again after ten minutes, and for a key id that is not among them, which an
 * issuer may begin to use at any time. However many unknown ids come, the issuer is asked once a second at most; whoever comes
 * too soon waits for that. Keys that are held stay in use while the issuer fails.
 */
export const remoteKeys = (url: string, { timeoutMs = 5_000, everyMs = 1_000 } = {}): JWTVerifyGetKey => {
  let held: Held | undefined;
  let staleAtMs = 0;
  let notBeforeMs = 0;
  let fetching: Promise<void> | undefined;
  const now = (): number => performance.now();

  const load = async (): Promise<void> => {
    const pauseMs = notBeforeMs - now();
    if (pauseMs > 0) await sleep(pauseMs);
    const askedAtMs = now();
    notBeforeMs = askedAtMs + everyMs;
    const { status, text } = await readBounded(url, { timeoutMs, mostBytes });
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    const keys = KeySet.parse(JSON.parse(text)) as JSONWebKeySet;
    held = { find: createLocalJWKSet(keys), askedAtMs };
    staleAtMs = askedAtMs + freshForMs;
  };
  const refresh = (): Promise<void> => {
    fetching ??= load()
      .catch((error: unknown) => {
        staleAtMs = now() + againAfterMs;
        throw new KeysUnavailable(`The keys at ${url} cannot be read`, { cause: error });
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };
  /** Keys that were asked for at this moment or later: an answer under way may have been made before a new key. */
  const keysSince = async (sinceMs: number): Promise<Held> => {
    for (;;) {
      await refresh();
      if (held && held.askedAtMs >= sinceMs) return held;
    }
  };

  return async (header, token) => {
    const cameAtMs = now();
    if (held && staleAtMs <= cameAtMs) await refresh().catch(() => undefined);
    const keys = held ?? (await keysSince(0));
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || keys.askedAtMs >= cameAtMs) throw error;
      return (await keysSince(cameAtMs)).find(header, token);
    }
  };
};
