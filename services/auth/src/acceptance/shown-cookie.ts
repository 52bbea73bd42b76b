import { randomBytes, timingSafeEqual } from 'node:crypto';
import { clearCookie, cookieValue, setCookie } from '@legendops/kit/auth/cookies';
import { sealWith } from '@legendops/kit/auth/sealed-claims';
import { z } from 'zod';

const name = '__Host-legendops-invitation';
const seconds = 600;

const Shown = z.object({ secret: z.string(), check: z.string() });

/** The invitation that a browser is being shown, kept in that browser; its page alone knows the check. */
export interface ShownCookie {
  write(secret: string): Promise<{ check: string; cookie: string }>;
  /** The link's secret; undefined for another page than the one shown last, or an old one. */
  read(cookieHeader: string | undefined, check: string): Promise<string | undefined>;
  clear(): string;
}

const isEqual = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export const shownCookie = (key: Uint8Array): ShownCookie => {
  const seal = sealWith(key, { name: 'COOKIE_KEY_PATH', seconds });
  return {
    write: async (secret) => {
      const check = randomBytes(24).toString('base64url');
      return { check, cookie: setCookie(name, await seal.seal({ secret, check }), seconds) };
    },
    read: async (header, check) => {
      const token = cookieValue(header, name);
      const shown = token === undefined ? undefined : Shown.safeParse(await seal.open(token)).data;
      return shown && isEqual(shown.check, check) ? shown.secret : undefined;
    },
    clear: () => clearCookie(name),
  };
};
