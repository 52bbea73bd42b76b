import type { AccessTokenVerifier, VerifiedToken } from './actor.ts';

const mostTokens = 20_000;

/**
 * Remembers tokens whose signature was verified, until they expire: a browser sends the same one for minutes, and an
 * ECDSA verification costs as much as the rest of a small request. What is remembered is the whole token, so that one
 * changed bit is another token.
 */
export const rememberVerified = (
  verify: (token: string) => Promise<VerifiedToken>,
  now: () => number = Date.now,
): AccessTokenVerifier => {
  const known = new Map<string, VerifiedToken>();
  return async (token) => {
    const held = known.get(token);
    if (held && held.expiresAtMs > now()) return held.actor;
    const verified = await verify(token);
    // The oldest half goes: a Map keeps the order in which tokens came, and they all live equally long.
    if (known.size >= mostTokens) for (const old of [...known.keys()].slice(0, mostTokens / 2)) known.delete(old);
    known.set(token, verified);
    return verified.actor;
  };
};
