import type { Role } from '../contract/permissions.ts';

/** Who asks, as the access token says. */
export interface Actor {
  memberId: string;
  /** The session that the token was traded for: once it has ended, the token is nothing. */
  sessionId: string;
  tenantId: string;
  role: Role;
  customerId?: string | undefined;
  name: string;
  /** For what is written down of them; who they are is the member's id alone. Empty where a token does not say. */
  email: string;
}

export interface VerifiedToken {
  actor: Actor;
  expiresAtMs: number;
}

/** Throws a Problem for everything that is not a token of ours. */
export type AccessTokenVerifier = (token: string) => Promise<Actor>;
