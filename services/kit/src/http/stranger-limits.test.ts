import { describe, expect, it } from 'vitest';
import { problem } from '../errors/problem.ts';
import { rateLimit, type Allowance, type RateLimit } from './rate-limit.ts';
import { strangerLimits } from './stranger-limits.ts';

const refuse = async (): Promise<never> => {
  throw problem('token.invalid');
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'let in',
    (error: { code: string }) => error.code,
  );
const tokenOf = (content: object): string => `e30.${Buffer.from(JSON.stringify(content)).toString('base64url')}.AA`;

describe('who sends bad tokens', () => {
  it('is one and the same from every address of an IPv6 network', async () => {
    const limits = strangerLimits(rateLimit(() => 0));
    const found = [];
    for (let n = 0; n < 302; n += 1)
      found.push(await codeOf(limits.verifying({ token: 'junk', address: `2001:db8:1:2::${n.toString(16)}` }, refuse)));
    expect(found.slice(299)).toEqual(['token.invalid', 'request.rate-limited', 'request.rate-limited']);
    const elsewhere = limits.verifying({ token: 'junk', address: '2001:db8:1:3::1' }, refuse);
    expect(await codeOf(elsewhere)).toBe('token.invalid');
  });

  it('makes us remember little of each, however long it is', async () => {
    const counted: Allowance[] = [];
    const rate: RateLimit = { ...rateLimit(() => 0), count: (allowance) => counted.push(allowance) };
    const limits = strangerLimits(rate);
    for (const id of ['a', 'b']) {
      const token = tokenOf({ sub: id, exp: 1, pad: 'x'.repeat(2_900) });
      expect(await codeOf(limits.verifying({ token, address: '203.0.113.1' }, refuse))).toBe('token.invalid');
    }
    const keys = counted.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(Math.max(...keys.map(({ length }) => length))).toBeLessThan(100);
  });
});
