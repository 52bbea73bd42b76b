import { randomBytes } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

const State = z.object({ tenantId: z.uuid(), memberId: z.uuid(), nonce: z.string() });
export type ConnectState = z.infer<typeof State>;

export interface ConnectStates {
  /** The `state` for Intuit, and the nonce for the cookie of the browser that began. */
  begin(who: { tenantId: string; memberId: string }): Promise<{ state: string; nonce: string }>;
  /** Undefined when it is not ours, is older than ten minutes, or another browser began it. */
  finish(state: string, nonce: string | undefined): Promise<ConnectState | undefined>;
}

/** Who connects, carried through Intuit and back: encrypted, and bound to the browser by a cookie. */
export const connectStates = (key: Uint8Array): ConnectStates => {
  if (key.length !== 32) throw new Error('STATE_KEY_PATH must hold 32 bytes in base64url');
  return {
    begin: async (who) => {
      const nonce = randomBytes(16).toString('base64url');
      const state = await new EncryptJWT({ ...who, nonce })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt()
        .setExpirationTime('10m')
        .encrypt(key);
      return { state, nonce };
    },
    finish: async (state, nonce) => {
      const decrypted = await jwtDecrypt(state, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      }).catch(() => undefined);
      const parsed = State.safeParse(decrypted?.payload).data;
      return parsed && nonce !== undefined && parsed.nonce === nonce ? parsed : undefined;
    },
  };
};
