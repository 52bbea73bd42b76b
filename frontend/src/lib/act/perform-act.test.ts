import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { ApiProblem, unreachable } from '../problem.ts';
import { actPerformer, type ActKind } from './perform-act.ts';

const problemOf = (status: number, code: string) => new ApiProblem({ code, title: code, status });

const Customer = z.object({ name: z.string(), version: z.number() });
type Customer = z.infer<typeof Customer>;
interface Post {
  id: number;
}

const posting: ActKind<Post, Customer> = {
  request: ({ id }) => ({ method: 'POST', path: `/invoices/${id}/posting` }),
  answer: Customer,
};

/** A service whose outcomes are given in turn; an Error is thrown. */
const aService = (...outcomes: unknown[]) => {
  let created = 0;
  let pauses = 0;
  const sent: Parameters<ApiClient['send']>[0][] = [];
  const next = async (request: Parameters<ApiClient['send']>[0]) => {
    const outcome = outcomes[sent.push(request) - 1];
    if (outcome instanceof Error) throw outcome;
    return outcome as never;
  };
  const perform = actPerformer({
    client: { request: next, send: next },
    newKey: () => `key-${++created}`,
    pause: async () => (pauses += 1),
  });
  const run = <Input, Answer>(kind: ActKind<Input, Answer>, input: Input) =>
    perform(kind, input).catch((error: unknown) => error);
  return { run, sent, keys: () => sent.map(({ idempotencyKey }) => idempotencyKey), pauses: () => pauses };
};

describe('the key of an act', () => {
  it.each([
    ['no answer', unreachable()],
    ['a failure of the service', problemOf(503, 'service.unavailable')],
    ['too many requests', problemOf(429, 'request.rate-limited')],
  ])('stays after %s', async (_what, failure) => {
    const { run, keys } = aService(failure, failure, 'done');
    await run(posting, { id: 1 });
    await run(posting, { id: 1 });
    expect(await run(posting, { id: 1 })).toBe('done');
    expect(keys()).toEqual(['key-1', 'key-1', 'key-1']);
  });

  it('waits for the one before that is still at work, and tells its outcome', async () => {
    const inFlight = problemOf(409, 'idempotency.in-flight');
    const { run, keys, pauses } = aService(unreachable(), inFlight, inFlight, 'done');
    await run(posting, { id: 1 });
    expect(await run(posting, { id: 1 })).toBe('done');
    expect([keys(), pauses()]).toEqual([['key-1', 'key-1', 'key-1', 'key-1'], 2]);
  });

  it('is new for the next act after success', async () => {
    const { run, keys } = aService('done', 'done');
    await run(posting, { id: 1 });
    await run(posting, { id: 1 });
    expect(keys()).toEqual(['key-1', 'key-2']);
  });

  it('is new after a refusal, for whoever mends the reason means a new act', async () => {
    const { run, keys } = aService(problemOf(409, 'connection.missing'), 'done');
    expect(await run(posting, { id: 1 })).toMatchObject({ code: 'connection.missing' });
    await run(posting, { id: 1 });
    expect(keys()).toEqual(['key-1', 'key-2']);
  });

  it('is of one act and one subject', async () => {
    const { run, keys } = aService(unreachable(), unreachable(), 'done');
    await run(posting, { id: 1 });
    await run(posting, { id: 2 });
    await run(posting, { id: 1 });
    expect(keys()).toEqual(['key-1', 'key-2', 'key-1']);
  });

  it('is not for what is put: its body may be a secret and is not kept', async () => {
    const { run, keys } = aService(unreachable(), 'done');
    const put: ActKind<string, Customer> = {
      request: (clientSecret) => ({ method: 'PUT', path: '/connections/pax8', body: { clientSecret } }),
      answer: Customer,
    };
    await run(put, 'hidden');
    expect([await run(put, 'hidden'), keys()]).toEqual(['done', [undefined, undefined]]);
  });
});

describe('an act whose answer was lost', () => {
  const renaming = (now: Customer | Error): ActKind<string, Customer> => ({
    request: (name) => ({ method: 'PATCH', path: '/customers/1', body: { name }, version: 4 }),
    answer: Customer,
    readBack: async () => {
      if (now instanceof Error) throw now;
      return now;
    },
  });
  const stale = problemOf(412, 'version.stale');

  it('is told as done when the change stands as asked', async () => {
    const now = { name: 'Contoso', version: 5 };
    const { run } = aService(unreachable(), stale);
    await run(renaming(now), 'Contoso');
    expect(await run(renaming(now), 'Contoso')).toEqual(now);
  });

  it.each([
    ['somebody else named it otherwise', { name: 'Fabrikam', version: 5 }],
    ['it has been changed since', { name: 'Contoso', version: 6 }],
    ['it cannot be read', unreachable()],
  ])('is told as refused when %s', async (_what, now) => {
    const { run } = aService(unreachable(), stale);
    await run(renaming(now), 'Contoso');
    expect(await run(renaming(now), 'Contoso')).toBe(stale);
  });

  it('does not claim the change of somebody else: only after an answer was lost', async () => {
    const { run } = aService(stale);
    expect(await run(renaming({ name: 'Contoso', version: 5 }), 'Contoso')).toBe(stale);
  });

  it.each(['DELETE', 'POST'] as const)('is told as done when its subject is gone: %s', async (method) => {
    const kind: ActKind<null, void> = { request: () => ({ method, path: '/x/1' }), answer: null, endsSubject: true };
    const { run } = aService(unreachable(), problemOf(404, 'not-found'));
    await run(kind, null);
    expect(await run(kind, null)).toBeUndefined();
  });

  it('is told as refused when the subject was gone before', async () => {
    const kind: ActKind<null, void> = { request: () => ({ method: 'DELETE', path: '/x/1' }), answer: null };
    const { run } = aService(problemOf(404, 'not-found'));
    expect(await run(kind, null)).toMatchObject({ code: 'not-found' });
  });
});
