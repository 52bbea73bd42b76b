import type { AccessTokenVerifier, Actor } from './actor.ts';

/** Whose session it is. */
export type SessionHolder = Pick<Actor, 'tenantId' | 'memberId' | 'sessionId'>;

/** Throws token.invalid for a session that has ended, and service.unavailable while nobody can tell. */
export type SessionCheck = (holder: SessionHolder) => Promise<void> | void;

/** What a service knows of sessions; it is not ready while it does not. */
export interface Sessions {
  check: SessionCheck;
  /** Rejects while the check would have to refuse everybody. */
  ready: () => Promise<unknown>;
  stop: () => Promise<void>;
}

/** A token that was verified, now or before, is asked about each time it comes: a memory of tokens knows no end of a session. */
export const ofOpenSessions =
  (verify: AccessTokenVerifier, check: SessionCheck): AccessTokenVerifier =>
  async (token) => {
    const actor = await verify(token);
    await check(actor);
    return actor;
  };
