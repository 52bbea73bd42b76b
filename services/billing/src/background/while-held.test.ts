import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimSeconds, whileHeld } from './while-held.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const untilTold = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('told to end')));

describe('a claim', () => {
  it('is renewed before it ends, as long as the work runs and no longer', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    let renewals = 0;
    const renew = async () => (renewals += 1) > 0;
    const work = whileHeld({ renew, mostMs: 600_000 }, () => promise);
    await vi.advanceTimersByTimeAsync(10 * claimSeconds * 1000);
    expect(renewals).toBeGreaterThanOrEqual(20);
    resolve('done');
    expect(await work).toBe('done');
    const before = renewals;
    await vi.advanceTimersByTimeAsync(claimSeconds * 1000);
    expect(renewals).toBe(before);
  });

  it('of a dead process is free within a minute', () => {
    expect(claimSeconds).toBeLessThanOrEqual(60);
  });

  it('that is lost ends the work; a renewal that fails does not', async () => {
    const answers = ['away', 'held', 'lost'];
    const renew = async (): Promise<boolean> => {
      const answer = answers.shift();
      if (answer === 'away') throw new Error(answer);
      return answer === 'held';
    };
    const work = whileHeld({ renew, mostMs: 600_000 }, untilTold);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(answers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await work).toBe('told to end');
  });

  it('of work that never ends is free within a minute of its time, and nobody waits for it', async () => {
    let renewals = 0;
    const renew = async () => (renewals += 1) > 0;
    const work = whileHeld({ renew, mostMs: 60_000 }, () => new Promise(() => undefined));
    const ended = work.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(60_000);
    const before = renewals;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(renewals).toBe(before);
    expect(await ended).toMatchObject({ message: expect.stringContaining('did not end') });
  });

  it('is told that its time is over', async () => {
    const work = whileHeld({ renew: async () => true, mostMs: 60_000 }, untilTold);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await work).toBe('told to end');
  });
});
