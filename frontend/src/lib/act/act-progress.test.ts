import { expect, it, vi } from 'vitest';
import { actProgress } from './act-progress.ts';

it('runs once, however often it is pressed before it has ended', async () => {
  const act = actProgress<string>();
  const { promise, resolve } = Promise.withResolvers<string>();
  const perform = vi.fn(() => promise);
  const then = vi.fn();
  act.run(perform, then);
  act.run(perform, then);
  expect(act.now()).toMatchObject({ pending: true, done: false });
  resolve('approved');
  await vi.waitFor(() => expect(act.now()).toMatchObject({ pending: false, done: true, answer: 'approved' }));
  expect([perform.mock.calls.length, then.mock.calls]).toEqual([1, [['approved']]]);
});

it('says why it failed, and can be tried again', async () => {
  const act = actProgress<string>();
  act.run(() => Promise.reject(new Error('no answer')));
  await vi.waitFor(() => expect(act.now().error?.message).toBe('no answer'));
  act.run(async () => 'approved');
  expect(act.now().error).toBeNull();
  await vi.waitFor(() => expect(act.now().done).toBe(true));
});

it('keeps an act that is under way from being forgotten', async () => {
  const act = actProgress<string>();
  act.run(async () => 'approved');
  act.reset();
  expect(act.now().pending).toBe(true);
  await vi.waitFor(() => expect(act.now().done).toBe(true));
  act.reset();
  expect(act.now()).toEqual({ pending: false, error: null, answer: undefined, done: false });
});

it('leads nobody on who has left', async () => {
  const act = actProgress<string>();
  const then = vi.fn();
  act.run(async () => 'added', then);
  act.leave();
  await vi.waitFor(() => expect(act.now().done).toBe(true));
  expect(then).not.toHaveBeenCalled();
});

it('tells whoever listens of every change', async () => {
  const act = actProgress<string>();
  const told: boolean[] = [];
  const stop = act.listen(() => told.push(act.now().pending));
  act.run(async () => 'approved');
  await vi.waitFor(() => expect(told).toEqual([true, false]));
  stop();
  act.reset();
  expect(told).toHaveLength(2);
});
