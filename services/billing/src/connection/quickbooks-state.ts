import { randomBytes } from 'node:crypto';
import type { Actor } from '@legendops/kit/auth/actor';
import type { SessionHolder } from '@legendops/kit/auth/session-check';
import { sealWith } from '@legendops/kit/auth/sealed-claims';
import { z } from 'zod';

const State = z.object({
  tenantId: z.uuid(),
  memberId: z.uuid(),
  sessionId: z.uuid(),
  // For the audit trail. A state of before they were in it is good until it runs out.
  name: z.string().default(''),
  email: z.string().default(''),
  nonce: z.string(),
});
export type ConnectState = z.infer<typeof State>;

export interface ConnectStates {
  /** The `state` for Intuit, and the nonce for the cookie of the browser that began. */
  begin(who: SessionHolder & Pick<Actor, 'name' | 'email'>): Promise<{ state: string; nonce: string }>;
  /** Who began, for a `state` of ours that is not older than ten minutes. */
  read(state: string): Promise<ConnectState | undefined>;
  /** Undefined when it is not ours, is older than ten minutes, or another browser began it. */
  finish(state: string, nonce: string | undefined): Promise<ConnectState | undefined>;
}

// The state is part of an address, which Intuit sends back whole.
const longestName = 100;

/** Who connects, carried through Intuit and back: encrypted, and bound to the browser by a cookie. */
export const connectStates = (key: Uint8Array): ConnectStates => {
  const seal = sealWith(key, { name: 'STATE_KEY_PATH', seconds: 600 });
  const read = async (state: string) => State.safeParse(await seal.open(state)).data;
  return {
    read,
    begin: async ({ tenantId, memberId, sessionId, name, email }) => {
      const nonce = randomBytes(16).toString('base64url');
      const who = { tenantId, memberId, sessionId, name: name.slice(0, longestName), email };
      return { state: await seal.seal({ ...who, nonce }), nonce };
    },
    finish: async (state, nonce) => {
      const parsed = await read(state);
      return parsed && nonce !== undefined && parsed.nonce === nonce ? parsed : undefined;
    },
  };
};
