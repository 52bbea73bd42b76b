import { z } from 'zod';
import { clearCookie, cookieValue, setCookie } from '@legendops/kit/auth/cookies';
import { sealWith } from '@legendops/kit/auth/sealed-claims';

const name = '__Host-legendops-sign-in';
const seconds = 600;

const Pending = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  invitation: z.string().optional(),
});

/** What must be known again when the browser comes back from the directory. */
export type PendingSignIn = z.infer<typeof Pending>;

export interface PendingCookie {
  write(pending: PendingSignIn): Promise<string>;
  /** Undefined when there is none of ours, or it is older than ten minutes. */
  read(cookieHeader: string | undefined): Promise<PendingSignIn | undefined>;
  clear(): string;
}

/** A sign-in under way lives in the browser that began it, encrypted: another browser's callback finds nothing. */
export const pendingCookie = (key: Uint8Array): PendingCookie => {
  const seal = sealWith(key, { name: 'COOKIE_KEY_PATH', seconds });
  return {
    write: async (pending) => setCookie(name, await seal.seal(pending), seconds),
    read: async (header) => {
      const token = cookieValue(header, name);
      return token === undefined ? undefined : Pending.safeParse(await seal.open(token)).data;
    },
    clear: () => clearCookie(name),
  };
};
