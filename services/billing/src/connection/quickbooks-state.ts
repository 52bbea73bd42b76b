import { randomBytes } from 'node:crypto';
import type { SessionHolder } from '@legendops/kit/auth/session-check';
import { sealWith } from '@legendops/kit/auth/sealed-claims';
import { z } from 'zod';

const State = z.object({ tenantId: z.uuid(), memberId: z.uuid(), sessionId: z.uuid(), nonce: z.string() });
export type ConnectState = z.infer<typeof State>;

export interface ConnectStates {
  /** The `state` for Intuit, and the nonce for the cookie of the browser that began. */
  begin(who: SessionHolder): Promise<{ state: string; nonce: string }>;
  /** Who began, for a `state` of ours that is not older than ten minutes. */
  read(state: string): Promise<ConnectState | undefined>;
  /** Undefined when it is not ours, is older than ten minutes, or another browser began it. */
  finish(state: string, nonce: string | undefined): Promise<ConnectState | undefined>;
}

/** Who connects, carried through Intuit and back: encrypted, and bound to the browser by a cookie. */
export const connectStates = (key: Uint8Array): ConnectStates => {
  const seal = sealWith(key, { name: 'STATE_KEY_PATH', seconds: 600 });
  const read = async (state: string) => State.safeParse(await seal.open(state)).data;
  return {
    read,
    begin: async ({ tenantId, memberId, sessionId }) => {
      const nonce = randomBytes(16).toString('base64url');
      return { state: await seal.seal({ tenantId, memberId, sessionId, nonce }), nonce };
    },
    finish: async (state, nonce) => {
      const parsed = await read(state);
      return parsed && nonce !== undefined && parsed.nonce === nonce ? parsed : undefined;
    },
  };
};
