import { describe, expect, it } from 'vitest';
import { accountCalls } from './account-calls.ts';
import { QuickBooksError, quickBooksErrorFrom } from './quickbooks-error.ts';
import { realmLimiter } from './realm-limiter.ts';
import { restMs } from './rest.ts';

const now = Date.UTC(2026, 9, 21, 7, 27, 30);
const answered = (status: number, after?: string) => ({
  response: { status, data: '', headers: after === undefined ? {} : { 'retry-after': after } },
});

describe('QuickBooks is left alone', () => {
  it.each<[string, unknown, number, number]>([
    ['a minute where it is too busy and says no time', answered(429), 1, 60_000],
    ['a minute also where it says less', answered(429, '5'), 1, 60_000],
    ['as long as it says in seconds', answered(429, '120'), 1, 120_000],
    ['as long as it says by a date', answered(503, 'Wed, 21 Oct 2026 07:28:00 GMT'), 1, 30_000],
    ['a quarter of an hour where it says a day', answered(429, '86400'), 1, 900_000],
    ['as we think where nobody can read what it says', answered(503, 'soon'), 1, 15_000],
    ['longer after each of several', answered(503), 3, 60_000],
    ['a quarter of an hour after very many', answered(503), 2_000, 900_000],
  ])('%s', (_title, raw, attempt, expected) => {
    expect(restMs(quickBooksErrorFrom(raw, now), attempt)).toBe(expected);
  });

  it('by all calls of its realm, as long as it says, and by those of no other one', async () => {
    const clock = { at: now };
    const limiter = realmLimiter(() => clock.at);
    const sent: string[] = [];
    const call = (realm: string, after?: string) =>
      limiter.run(realm, async () => {
        sent.push(realm);
        if (after !== undefined) throw quickBooksErrorFrom(answered(429, after), clock.at);
      });
    await expect(call('a', '120')).rejects.toMatchObject({ kind: 'throttled' });
    await call('b');
    clock.at += 119_000;
    await expect(call('a')).rejects.toMatchObject({ kind: 'throttled', code: 'rest', retryAfterMs: 1_000 });
    clock.at += 1_000;
    await call('a');
    expect(sent).toEqual(['a', 'b', 'a']);
  });
});

describe('who only reads', () => {
  const reading = (failures: unknown[], isPatient = true) => {
    const seen = { asked: 0, waited: [] as number[] };
    const { call } = accountCalls({
      apiUrl: 'http://127.0.0.1:9',
      realmId: '1',
      token: async () => 'token',
      limiter: {
        run: async () => {
          seen.asked += 1;
          const failure = failures.shift();
          if (failure) throw failure;
          return 'read' as never;
        },
      },
      patience: {
        wait: async (ms) => {
          seen.waited.push(ms);
          return isPatient;
        },
      },
    });
    return { seen, read: () => call(() => undefined) };
  };

  it('waits, and asks again', async () => {
    const throttled = quickBooksErrorFrom(answered(429, '90'));
    const { seen, read } = reading([throttled, quickBooksErrorFrom(answered(503))]);
    expect(await read()).toBe('read');
    expect(seen).toEqual({ asked: 3, waited: [90_000, 30_000] });
  });

  it('ends where there is no time to wait', async () => {
    const { seen, read } = reading([quickBooksErrorFrom(answered(429))], false);
    await expect(read()).rejects.toMatchObject({ kind: 'throttled' });
    expect(seen.asked).toBe(1);
  });

  it('asks again a bounded number of times, and never after a refusal', async () => {
    const many = reading(Array.from({ length: 20 }, () => quickBooksErrorFrom(answered(429))));
    await expect(many.read()).rejects.toMatchObject({ kind: 'throttled' });
    expect(many.seen.asked).toBe(6);
    const refused = reading([new QuickBooksError('rejected', '610', 'Object Not Found')]);
    await expect(refused.read()).rejects.toMatchObject({ kind: 'rejected' });
    expect(refused.seen).toEqual({ asked: 1, waited: [] });
  });
});
