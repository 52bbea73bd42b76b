import { expect, it } from 'vitest';
import { lastActIn } from './person-acts.ts';

it('a key, a pointer and the wheel are acts of a person, and nothing else is', () => {
  let nowMs = 0;
  const window = new EventTarget();
  const lastAct = lastActIn(window, () => nowMs);
  const afterEach = ['focus', 'pointerdown', 'scroll', 'keydown', 'visibilitychange', 'wheel'].map((type) => {
    nowMs += 1;
    window.dispatchEvent(new Event(type));
    return lastAct();
  });
  expect(afterEach).toEqual([0, 2, 2, 4, 4, 6]);
});
