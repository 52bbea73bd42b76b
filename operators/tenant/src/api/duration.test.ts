import { expect, test } from 'vitest';
import { durationMs } from './duration.ts';
import { newTenantId } from './tenant-id.ts';

test.each([
  ['720h', 2_592_000_000],
  ['1h30m', 5_400_000],
  ['90s', 90_000],
  ['1h1m1s', 3_661_000],
  ['0h1m', 60_000],
])('%s is %i ms', (text, expected) => {
  expect(durationMs(text)).toBe(expected);
});

test('tenant ids are uuids of version 7 that stand in the order of their time', () => {
  const ids = [1, 1_000, 1_700_000_000_000, 1_800_000_000_000].map((now) => newTenantId(now));
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newTenantId(5)).not.toBe(newTenantId(5));
});
