import { describe, expect, it } from 'vitest';
import { accessTokens } from './access-token.ts';

const start = Date.parse('2026-11-24T08:00:00Z');
const lifetimeMs = 300_000;

/** A session endpoint that gives out t1, t2, … and a clock that stands until it is set. */
const aSession = ({ serverAheadMs = 0, answer }: { serverAheadMs?: number; answer?: () => Response } = {}) => {
  const clock = { nowMs: start };
  const person = { actedMs: 0 };
  const asked: string[] = [];
  let trades = 0;
  const issue = () => {
    const serverNow = clock.nowMs + serverAheadMs;
    return Response.json(
      { accessToken: `t${trades}`, expiresAt: new Date(serverNow + lifetimeMs).toISOString() },
      { headers: { date: new Date(serverNow).toUTCString() } },
    );
  };
  const tokens = accessTokens({
    fetch: async (address) => {
      asked.push(address as string);
      trades += 1;
      return (answer ?? issue)();
    },
    now: () => clock.nowMs,
    lastAct: () => person.actedMs,
  });
  return { tokens, clock, person, asked, trades: () => trades };
};

const noSession = () =>
  Response.json(
    { type: 'x', title: 'Sign in first', status: 401, code: 'session.missing', requestId: 'r' },
    { status: 401 },
  );

describe('accessTokens', () => {
  it('trades once for all that ask at the same time', async () => {
    const { tokens, trades } = aSession();
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.replace('old')])).toEqual(['t1', 't1', 't1']);
    expect(trades()).toBe(1);
  });

  it('keeps a token until 30 seconds before it expires', async () => {
    const { tokens, clock } = aSession();
    await tokens.get();
    clock.nowMs = start + lifetimeMs - 30_001;
    expect(await tokens.get()).toBe('t1');
    clock.nowMs = start + lifetimeMs - 30_000;
    expect(await tokens.get()).toBe('t2');
  });

  it.each([600_000, -600_000])('goes by the clock of the service when it is %i ms ahead', async (serverAheadMs) => {
    const { tokens, clock, trades } = aSession({ serverAheadMs });
    await tokens.get();
    clock.nowMs += 200_000;
    await tokens.get();
    expect(trades()).toBe(1);
    clock.nowMs += 100_000;
    await tokens.get();
    expect(trades()).toBe(2);
  });

  it('replaces a refused token once, however many requests were refused with it', async () => {
    const { tokens, trades } = aSession();
    const refused = await tokens.get();
    expect(await tokens.replace(refused)).toBe('t2');
    expect(await tokens.replace(refused)).toBe('t2');
    expect(trades()).toBe(2);
  });

  it('uses the answer of a trade that was made elsewhere', async () => {
    const { tokens, trades } = aSession();
    const expiresAt = new Date(start + lifetimeMs).toISOString();
    tokens.adopt(Response.json({ accessToken: 'adopted', expiresAt }));
    expect(await tokens.get()).toBe('adopted');
    expect(trades()).toBe(0);
  });

  it('says with a trade whether a person did something since the last one', async () => {
    const { tokens, clock, person, asked } = aSession();
    const tradeAgain = () => {
      clock.nowMs += lifetimeMs;
      return tokens.get();
    };
    await tokens.get();
    await tradeAgain();
    person.actedMs = clock.nowMs + 1;
    await tradeAgain();
    await tradeAgain();
    expect(asked.map((address) => address.includes('seen=true'))).toEqual([false, false, true, false]);
  });

  it('says it again when the trade that said it failed', async () => {
    let fails = true;
    const { tokens, person, asked } = aSession({
      answer: () => {
        if (fails) throw new TypeError('Failed to fetch');
        return noSession();
      },
    });
    person.actedMs = start - 1;
    await expect(tokens.get()).rejects.toMatchObject({ code: 'network.unreachable' });
    fails = false;
    await expect(tokens.get()).rejects.toMatchObject({ code: 'session.missing' });
    expect(asked.map((address) => address.includes('seen=true'))).toEqual([true, true]);
  });

  it('says why there is no token, and asks again the next time', async () => {
    const { tokens, trades } = aSession({ answer: noSession });
    await expect(tokens.get()).rejects.toMatchObject({ status: 401, code: 'session.missing' });
    await expect(tokens.get()).rejects.toMatchObject({ status: 401 });
    expect(trades()).toBe(2);
  });

  it('tells a network failure from a missing session', async () => {
    const { tokens } = aSession({
      answer: () => {
        throw new TypeError('Failed to fetch');
      },
    });
    await expect(tokens.get()).rejects.toMatchObject({ code: 'network.unreachable', status: null });
  });

  it('tells of every trade, for another role comes with another token', async () => {
    const { tokens } = aSession();
    let told = 0;
    tokens.onTrade(() => (told += 1));
    await tokens.get();
    await tokens.get();
    await tokens.replace('t1');
    expect(told).toBe(2);
  });
});
