import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { clearCookie, cookieValue, setCookie } from '@legendops/kit/auth/cookies';

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
  if (key.length !== 32) throw new Error('COOKIE_KEY_PATH must hold 32 bytes in base64url');
  return {
    write: async (pending) => {
      const token = await new EncryptJWT(pending)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt()
        .setExpirationTime(`${seconds}s`)
        .encrypt(key);
      return setCookie(name, token, seconds);
    },
    read: async (header) => {
      const token = cookieValue(header, name);
      if (token === undefined) return undefined;
      const decrypted = await jwtDecrypt(token, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      }).catch(() => undefined);
      return Pending.safeParse(decrypted?.payload).data;
    },
    clear: () => clearCookie(name),
  };
};
