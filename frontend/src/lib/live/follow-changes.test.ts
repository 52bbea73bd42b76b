import type { Changes } from '@legendops/billing/contract';
import { expect, it } from 'vitest';
import { followChanges } from './follow-changes.ts';

const invoices: Changes['changed'] = [{ topic: 'invoices', rows: null }];

/** A portal that is told the answers in turn, then that its session is over; an Error is thrown. */
const aPortal = async (...answers: (Changes | Error)[]) => {
  const log: string[] = [];
  let asked = 0;
  await followChanges({
    ask: async (after) => {
      log.push(`ask ${after ?? 'anew'}`);
      const answer = answers[asked++] ?? new Error('end');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    apply: async (changed) => {
      for (const { topic } of changed) log.push(`read ${topic}`);
    },
    missed: () => log.push('missed'),
    live: (now) => log.push(now ? 'live' : 'not live'),
    judge: (error) => (error as Error).message as 'again',
    seen: async () => undefined,
    onHidden: () => undefined,
    pause: async (ms) => log.push(`pause ${ms}`),
    random: () => 0.5,
  });
  return log;
};

it('goes on where the answer before ended, and reads what it says', async () => {
  expect(await aPortal({ next: 'a', changed: [] }, { next: 'b', changed: invoices })).toEqual([
    'ask anew',
    'live',
    'ask a',
    'live',
    'read invoices',
    'ask b',
    'not live',
  ]);
});

it('asks less and less often while nothing comes, and at the same place', async () => {
  const again = new Error('again');
  const log = await aPortal(
    { next: 'a', changed: [] },
    ...Array.from({ length: 7 }, () => again),
    { next: 'b', changed: [] },
    again,
  );
  expect(log.filter((line) => line.startsWith('pause'))).toEqual(
    [1, 2, 4, 8, 16, 30, 30, 1].map((seconds) => `pause ${seconds * 1_000}`),
  );
  expect(log.filter((line) => line === 'ask a')).toHaveLength(8);
  expect(log).not.toContain('missed');
});

it('reads the screen once when its place is refused', async () => {
  const log = await aPortal({ next: 'a', changed: [] }, new Error('anew'), { next: 'z', changed: [] });
  expect(log.filter((line) => line === 'missed')).toHaveLength(1);
  expect(log.slice(-3)).toEqual(['live', 'ask z', 'not live']);
});

it('reads nothing when the portal opens: what is read comes after the first place', async () => {
  expect(await aPortal({ next: 'a', changed: [] })).not.toContain('missed');
});

it('lets go while nobody sees the page, and goes on at its place when somebody does', async () => {
  const log: (string | undefined)[] = [];
  let hide = () => undefined as void;
  let show = () => undefined as void;
  let visible = Promise.resolve();
  await followChanges({
    ask: (after, signal) => {
      log.push(after);
      if (log.length === 1) return Promise.resolve({ next: 'a', changed: [] });
      if (log.length === 3) return Promise.reject(new Error('end'));
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
          show();
        });
        visible = new Promise((resolve) => {
          show = resolve;
        });
        hide();
      });
    },
    apply: async () => undefined,
    missed: () => expect.unreachable(),
    live: () => undefined,
    judge: () => 'end',
    seen: () => visible,
    onHidden: (told) => {
      hide = told;
    },
    pause: () => expect.unreachable(),
    random: () => 0.5,
  });
  expect(log).toEqual([undefined, 'a', 'a']);
});
