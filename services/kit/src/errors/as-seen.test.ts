import { expect, it } from 'vitest';
import { asSeen } from './as-seen.ts';

it('gives back the row that was seen, and refuses one that changed or is gone', () => {
  const row = { version: 3 };
  expect(asSeen(row, 3, 'customer.not-found')).toBe(row);
  expect(() => asSeen(row, 2, 'customer.not-found')).toThrow(expect.objectContaining({ code: 'version.stale' }));
  expect(() => asSeen(undefined, 3, 'customer.not-found')).toThrow(
    expect.objectContaining({ code: 'customer.not-found' }),
  );
});
