import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { drain } from './drain.ts';

beforeAll(() => vi.useFakeTimers());
afterAll(() => vi.useRealTimers());

const never = new Promise<void>(() => undefined);

/** Something to end that writes down when it is asked to, and ends with `ended`. */
const anEnd = (said: string[], name: string, ended: Promise<void> = Promise.resolve()) => ({
  said: () => {
    said.push(name);
    return ended;
  },
});

const budgetMs = 20_000;
const drained = async (
  said: string[],
  { work, release }: { work?: Promise<void>; release?: Promise<void> } = {},
): Promise<boolean> => {
  const done = drain({
    servers: [{ close: anEnd(said, 'requests').said }],
    background: [{ stop: anEnd(said, 'work', work).said }],
    release: anEnd(said, 'pools', release).said,
    budgetMs,
  });
  const [outcome] = await Promise.all([done, vi.advanceTimersByTimeAsync(budgetMs + 1_000)]);
  return outcome;
};

describe('draining', () => {
  it('ends requests, then background work, then the pools', async () => {
    const said: string[] = [];
    expect(await drained(said)).toBe(true);
    expect(said).toEqual(['requests', 'work', 'pools']);
  });

  it('first lets go of requests that wait for something to happen', async () => {
    const said: string[] = [];
    await drain({
      servers: [{ close: anEnd(said, 'requests').said }],
      background: [{ letGo: () => said.push('waiting'), stop: anEnd(said, 'work').said }],
      release: anEnd(said, 'pools').said,
      budgetMs,
    });
    expect(said).toEqual(['waiting', 'requests', 'work', 'pools']);
  });

  it('leaves background work behind when the budget is used up, and closes the pools all the same', async () => {
    const said: string[] = [];
    expect(await drained(said, { work: never })).toBe(false);
    expect(said).toEqual(['requests', 'work', 'pools']);
  });

  it('does not wait for a pool whose connection was left busy', async () => {
    expect(await drained([], { work: never, release: never })).toBe(false);
  });

  it('fails with work that fails', async () => {
    await expect(drained([], { work: Promise.reject(new Error('broken')) })).rejects.toThrow('broken');
  });
});
