import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkQueue } from './work-queue.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Step =
  | { do: 'add'; key: string; priority: 'change' | 'resync' }
  | { do: 'take' }
  | { do: 'succeed' | 'fail'; which: number }
  | { do: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    key: fc.constantFrom('a', 'b', 'c'),
    priority: fc.constantFrom('change' as const, 'resync' as const),
  }),
  fc.record({ do: fc.constant('take' as const) }),
  fc.record({ do: fc.constantFrom('succeed' as const, 'fail' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(50) }),
);

/** Workers that take and end keys in any order, and what must hold at every moment. */
const schedule = () => {
  const queue = new WorkQueue({ name: 'model', longestDelayMs: 100, random: () => 0 });
  const running: string[] = [];
  /** Keys that were added since a run of theirs began: each must run once more. */
  const owed = new Set<string>();
  const delays = new Map<string, number>();
  let takers = 0;

  const taken = async (): Promise<void> => {
    takers += 1;
    const key = await queue.take();
    takers -= 1;
    if (key === undefined) return;
    expect(running).not.toContain(key);
    running.push(key);
    owed.delete(key);
  };
  const take = (): void => void taken();
  const end = (key: string, failed: boolean): void => {
    running.splice(running.indexOf(key), 1);
    if (failed) {
      const delay = queue.addRateLimited(key);
      expect(delay).toBeGreaterThanOrEqual(delays.get(key) ?? 5);
      expect(delay).toBeLessThanOrEqual(100);
      delays.set(key, delay);
      owed.add(key);
    } else {
      queue.forget(key);
      delays.delete(key);
    }
    queue.done(key);
  };
  return {
    run: async (next: Step): Promise<void> => {
      const key = next.do === 'succeed' || next.do === 'fail' ? running[next.which % running.length] : undefined;
      if (next.do === 'add') {
        owed.add(next.key);
        queue.add(next.key, next.priority);
      } else if (next.do === 'take') take();
      else if (next.do === 'wait') await vi.advanceTimersByTimeAsync(next.ms);
      else if (key !== undefined) end(key, next.do === 'fail');
      await vi.advanceTimersByTimeAsync(0);
    },
    drain: async (): Promise<void> => {
      for (let round = 0; round < 20; round += 1) {
        for (const key of running.slice()) end(key, false);
        while (takers < 3) take();
        await vi.advanceTimersByTimeAsync(200);
      }
      expect([...owed]).toEqual([]);
      expect(running).toEqual([]);
      queue.close();
    },
  };
};

test('in any order of adds, runs and failures: no key runs twice at once, none is lost, delays only grow', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const model = schedule();
      for (const next of steps) await model.run(next);
      await model.drain();
    }),
    { numRuns: 300 },
  );
});
