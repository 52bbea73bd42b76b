import { describe, expect, it } from 'vitest';
import { idempotencyKeys } from './idempotency-keys.ts';
import { ApiProblem, unreachable } from './problem.ts';

const problemOf = (status: number, code: string) => new ApiProblem({ code, title: code, status });

/** Acts whose outcomes are given in turn; an Error is thrown. */
const someActs = (...outcomes: (string | Error)[]) => {
  let made = 0;
  const keys: string[] = [];
  const runOnce = idempotencyKeys(() => `key-${++made}`);
  const act = (input: unknown, name = 'invoice.post') =>
    runOnce(name, input, async (key) => {
      const outcome = outcomes[keys.push(key) - 1];
      if (outcome instanceof Error) throw outcome;
      return outcome;
    }).catch((error: unknown) => error);
  return { act, keys };
};

describe('idempotencyKeys', () => {
  it.each([
    ['no answer', unreachable()],
    ['a failure of the service', problemOf(503, 'service.unavailable')],
    ['the first one still running', problemOf(409, 'idempotency.in-flight')],
    ['too many requests', problemOf(429, 'request.rate-limited')],
  ])('keeps the key of an act after %s', async (_what, failure) => {
    const { act, keys } = someActs(failure, failure, 'done');
    await act({ id: 1 });
    await act({ id: 1 });
    expect(await act({ id: 1 })).toBe('done');
    expect(keys).toEqual(['key-1', 'key-1', 'key-1']);
  });

  it('takes a new key for the next act after success', async () => {
    const { act, keys } = someActs('done', 'done');
    await act({ id: 1 });
    await act({ id: 1 });
    expect(keys).toEqual(['key-1', 'key-2']);
  });

  it('takes a new key after a refusal, for whoever mends the reason means a new act', async () => {
    const { act, keys } = someActs(problemOf(409, 'connection.missing'), 'done');
    expect(await act({ id: 1 })).toMatchObject({ code: 'connection.missing' });
    await act({ id: 1 });
    expect(keys).toEqual(['key-1', 'key-2']);
  });

  it('tells acts apart by what they do and to what', async () => {
    const { act, keys } = someActs(unreachable(), unreachable(), unreachable(), 'done');
    await act({ id: 1 });
    await act({ id: 2 });
    await act({ id: 1 }, 'invoice.approve');
    await act({ id: 1 });
    expect(keys).toEqual(['key-1', 'key-2', 'key-3', 'key-1']);
  });
});
