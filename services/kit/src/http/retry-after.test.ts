import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.UTC(2026, 9, 21, 7, 27, 30);

it.each<[string | null | undefined, number | undefined]>([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 30_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2026-10-21', undefined],
  ['Wed, 99 Oct 2026 07:28:00 GMT', undefined],
  ['99999999999999999999', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
])('Retry-After: %s is %s ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
