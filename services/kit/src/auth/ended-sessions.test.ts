import { expect, it } from 'vitest';
import { revocationSeconds } from '../contract/revocations.ts';
import { endedSessions } from './ended-sessions.ts';

it('remembers a session as long as a token of it could be sent, and no longer', () => {
  let now = 0;
  const ended = endedSessions(() => now);
  ended.add(['a', 'b']);
  now += revocationSeconds * 1000 - 1;
  ended.add(['b', 'c']);
  expect(['a', 'b', 'c', 'd'].map((session) => ended.has(session))).toEqual([true, true, true, false]);
  now += 1;
  ended.add([]);
  expect(['a', 'b', 'c'].map((session) => ended.has(session))).toEqual([false, true, true]);
  expect(ended.size()).toBe(2);
});
