import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { problem, Problem } from '../errors/problem.ts';
import { networkOf } from './client-address.ts';
import type { Allowance, RateLimit } from './rate-limit.ts';

/** What a caller without an access token may do at a route of its own in a minute. */
export interface StrangerLimit {
  /** All of one address together; 600 unless said otherwise. */
  perMinute?: number;
  /**
   * A caller who shows something that only we can have given (a sealed cookie, a signed state) has an allowance of their
   * own: what the others at their address do is not counted against them. Undefined for everybody else.
   */
  known?: { identify(request: IncomingMessage): Promise<string | undefined>; perMinute: number };
}

const strangersPerMinute = 600;
/** So many bad tokens of an address are looked at in a minute, and so many requests to where nothing is. */
const mistakesPerMinute = 300;
/** A signature is checked so often for one and the same content. */
const signaturesPerMinute = 30;

const nothingHere = (address: string): Allowance => ({
  name: 'address',
  key: `nothing here ${networkOf(address)}`,
  perMinute: mistakesPerMinute,
});

// Text that speaks of a person and a time is a token or made to look like one; all else is refused without a look.
const contentOf = (token: string): string | undefined => {
  const [, content] = token.split('.', 2);
  if (content === undefined || content.length > 4_096) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(content, 'base64url').toString()) as { sub?: unknown; exp?: unknown } | null;
    return typeof claims?.sub === 'string' && typeof claims.exp === 'number' ? content : undefined;
  } catch {
    return undefined;
  }
};

// Contents are remembered by their hash: a hundred thousand of 4 kB would be the memory of the process.
const hashOf = (content: string): string => createHash('sha256').update(content).digest('base64url');

/** Limits of those who have not proven yet who they are; none of them can be used up for somebody else. */
export const strangerLimits = (rateLimit: RateLimit) => {
  // Networks that sent a bad token lately: tokens of all others are not taken apart before they are verified.
  const doubtful = new Map<string, number>();
  const doubtMs = 60_000;

  const tokenAllowance = (address: string, token: string): Allowance => {
    const content = contentOf(token);
    // The content of a person's token is known to that person alone, so nobody can use this up for them.
    return content === undefined
      ? { name: 'address', key: `bad token ${networkOf(address)}`, perMinute: mistakesPerMinute }
      : { name: 'caller', key: `bad token ${hashOf(content)}`, perMinute: signaturesPerMinute };
  };
  const isDoubtful = (address: string): boolean => (doubtful.get(networkOf(address)) ?? 0) > Date.now();

  return {
    /** Counts one request of somebody without a token, before anything is done for them. */
    takeStranger: async (
      { perMinute = strangersPerMinute, known }: StrangerLimit,
      { request, address, route }: { request: IncomingMessage; address: string; route: string },
    ): Promise<string[]> => {
      const identity = await known?.identify(request);
      return rateLimit.take(
        known && identity !== undefined
          ? { name: 'caller', key: `${route} ${identity}`, perMinute: known.perMinute }
          : { name: 'address', key: `${route} ${networkOf(address)}`, perMinute },
      );
    },
    /** Verifies a token, unless too many like it were bad. */
    verifying: async <Who>(
      { token, address }: { token: string; address: string },
      verify: (token: string) => Promise<Who>,
    ): Promise<Who> => {
      if (isDoubtful(address)) rateLimit.requireLeft(tokenAllowance(address, token));
      try {
        return await verify(token);
      } catch (error) {
        if (error instanceof Problem && error.code === 'token.invalid') {
          if (doubtful.size > 10_000) doubtful.clear();
          doubtful.set(networkOf(address), Date.now() + doubtMs);
          rateLimit.count(tokenAllowance(address, token));
        }
        throw error;
      }
    },
    /** A request to where nothing is. */
    countNothingHere: (address: string): void => {
      const allowance = nothingHere(address);
      rateLimit.requireLeft(allowance);
      rateLimit.count(allowance);
    },
  };
};

export type StrangerLimits = ReturnType<typeof strangerLimits>;

/** The token of an Authorization header; throws token.missing. */
export const bearerOf = ({ headers: { authorization } }: IncomingMessage): string => {
  if (authorization?.startsWith('Bearer ')) return authorization.slice(7);
  const match = /^bearer +(\S+)$/i.exec(authorization ?? '');
  if (!match?.[1]) throw problem('token.missing', { headers: { 'www-authenticate': 'Bearer' } });
  return match[1];
};
