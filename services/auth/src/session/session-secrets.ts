import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { cookieValue } from '@legendops/kit/auth/cookies';

export const sessionCookie = '__Host-legendops';

/** Secrets of sessions, which show without a look into the database whether we have given them. */
export interface SessionSecrets {
  make(): string;
  /** The secret in a Cookie header; undefined for one that is not ours, however it looks. */
  in(cookieHeader: string | undefined): string | undefined;
}

const secretPattern = /^([\w-]{43})\.([\w-]{22})$/;

/**
 * A random secret and its tag (HMAC) under our key. The tag opens nothing: it tells a person's cookie from junk before the
 * junk costs a query, so that junk can be limited for an address without the people who share it.
 */
export const sessionSecrets = (key: Uint8Array): SessionSecrets => {
  const tagKey = Buffer.from(hkdfSync('sha256', key, '', 'legendops session marks', 32));
  const tagOf = (secret: string): string =>
    createHmac('sha256', tagKey).update(secret).digest().subarray(0, 16).toString('base64url');
  return {
    make: () => {
      const secret = randomBytes(32).toString('base64url');
      return `${secret}.${tagOf(secret)}`;
    },
    in: (cookieHeader) => {
      const value = cookieValue(cookieHeader, sessionCookie);
      const [, secret, tag] = secretPattern.exec(value ?? '') ?? [];
      if (value === undefined || secret === undefined || tag === undefined) return undefined;
      // As text: of its bytes there are sixteen spellings.
      return timingSafeEqual(Buffer.from(tagOf(secret)), Buffer.from(tag)) ? value : undefined;
    },
  };
};
