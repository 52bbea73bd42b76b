import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../errors/problem.ts';

export interface RateLimit {
  /** Counts one request; throws request.rate-limited when the key has used up its minute. Returns headers for the answer. */
  take(key: string, perMinute: number): Promise<Record<string, string>>;
}

/**
 * Requests per minute and key, counted in this process: with N replicas a tenant has up to N times its limit, which
 * protects the service; the limit of a contract is not what this is for.
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
  return {
    take: async (key, perMinute) => {
      try {
        const { remainingPoints, msBeforeNext } = await limiterOf(perMinute).consume(key);
        return {
          'ratelimit-policy': `"minute";q=${perMinute};w=60`,
          ratelimit: `"minute";r=${remainingPoints};t=${Math.ceil(msBeforeNext / 1000)}`,
        };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw problem('request.rate-limited', {
          headers: { 'retry-after': String(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))) },
        });
      }
    },
  };
};
