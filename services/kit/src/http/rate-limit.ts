import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../errors/problem.ts';

/** What somebody may ask in a minute: a whole tenant, one person of it, an address. */
export interface Allowance {
  name: 'tenant' | 'person' | 'address';
  /** Who it is, among all of that name. */
  key: string;
  perMinute: number;
}

export interface RateLimit {
  /**
   * Counts one request against each allowance; throws request.rate-limited at the first that is used up, and those after it
   * are not counted. Returns headers for the answer.
   */
  take(...allowances: readonly Allowance[]): Promise<Record<string, string>>;
}

/**
 * Counted in this process: with N replicas a tenant has up to N times its limit, which protects the service; the limit of a
 * contract is not what this is for.
 */
export const rateLimit = (): RateLimit => {
  const limiters = new Map<number, RateLimiterMemory>();
  const limiterOf = (points: number): RateLimiterMemory => {
    const known = limiters.get(points);
    if (known) return known;
    const limiter = new RateLimiterMemory({ points, duration: 60 });
    limiters.set(points, limiter);
    return limiter;
  };
  const consume = async ({ name, key, perMinute }: Allowance): Promise<RateLimiterRes> => {
    try {
      return await limiterOf(perMinute).consume(`${name}:${key}`);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw problem('request.rate-limited', {
        headers: { 'retry-after': String(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))) },
      });
    }
  };
  return {
    take: async (...allowances) => {
      const policies: string[] = [];
      const left: string[] = [];
      for (const allowance of allowances) {
        const { remainingPoints, msBeforeNext } = await consume(allowance);
        policies.push(`"${allowance.name}";q=${allowance.perMinute};w=60`);
        left.push(`"${allowance.name}";r=${remainingPoints};t=${Math.ceil(msBeforeNext / 1000)}`);
      }
      return { 'ratelimit-policy': policies.join(', '), ratelimit: left.join(', ') };
    },
  };
};
