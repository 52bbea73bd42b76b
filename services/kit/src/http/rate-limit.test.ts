import { register } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { rateLimit, type Allowance } from './rate-limit.ts';

const tenant: Allowance = { name: 'tenant', key: 'a', perMinute: 2 };
const person: Allowance = { name: 'person', key: 'a:1', perMinute: 1 };
const refused = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    const { code, headers } = error as { code: string; headers: Record<string, string> };
    return `${code} ${headers['retry-after']}`;
  }
};

describe('an allowance', () => {
  it('has its refusals counted from zero, whose ever it is', async () => {
    register.resetMetrics();
    rateLimit();
    const counted = await register.getSingleMetric('legendops_rate_limit_refusals_total')?.get();
    expect(counted?.values.map(({ labels: { allowance }, value }) => [allowance, value])).toEqual(
      ['tenant', 'person', 'caller', 'address'].map((name) => [name, 0]),
    );
  });

  it('is used up by its number of requests, and whole again a minute after the first', () => {
    let now = 0;
    const limit = rateLimit(() => now);
    expect(limit.take(tenant)).toEqual(['ratelimit-policy', '"tenant";q=2;w=60', 'ratelimit', '"tenant";r=1;t=60']);
    now = 20_500;
    limit.take(tenant);
    expect(refused(() => limit.take(tenant))).toBe('request.rate-limited 40');
    now = 60_000;
    expect(refused(() => limit.take(tenant))).toBeUndefined();
  });

  it('after one that is used up is not counted', () => {
    const limit = rateLimit(() => 0);
    limit.take(person, tenant);
    for (let n = 0; n < 5; n += 1) expect(refused(() => limit.take(person, tenant))).toContain('rate-limited');
    expect(refused(() => limit.take(tenant))).toBeUndefined();
  });

  it('of failures is asked for before, and counted after', () => {
    const limit = rateLimit(() => 0);
    const failures: Allowance = { name: 'address', key: 'x', perMinute: 2 };
    for (let n = 0; n < 2; n += 1) {
      limit.requireLeft(failures);
      limit.count(failures);
    }
    expect(refused(() => limit.requireLeft(failures))).toBe('request.rate-limited 60');
    expect(refused(() => limit.requireLeft({ ...failures, key: 'y' }))).toBeUndefined();
  });

  it('is of its own name and key alone', () => {
    const limit = rateLimit(() => 0);
    limit.take({ ...tenant, perMinute: 1 });
    expect(refused(() => limit.take({ ...tenant, key: 'b', perMinute: 1 }))).toBeUndefined();
    expect(refused(() => limit.take({ name: 'address', key: 'a', perMinute: 1 }))).toBeUndefined();
  });

  it('costs bounded memory, however many keys somebody brings', () => {
    const limit = rateLimit(() => 0);
    for (let n = 0; n < 250_000; n += 1) limit.count({ name: 'address', key: String(n), perMinute: 1 });
    expect(refused(() => limit.requireLeft({ name: 'address', key: '0', perMinute: 1 }))).toBeUndefined();
    expect(refused(() => limit.requireLeft({ name: 'address', key: '249999', perMinute: 1 }))).toBeDefined();
  });
});
