import { expect, test } from 'vitest';
import { beforeFullPass } from './before-full-pass.ts';

const minuteMs = 60_000;

test.each([
  ['nothing was asked for', undefined, undefined],
  ['soon', 5_000, 5_000],
  ['about when the full pass comes, which may be late', 30 * minuteMs, 30 * minuteMs],
  ['long after the next full pass, which asks anew', 30 * minuteMs + 1, undefined],
])('to look again: %s', (_what, requeueAfterMs, expected) => {
  expect(beforeFullPass({ requeueAfterMs }, 10 * minuteMs).requeueAfterMs).toBe(expected);
});
