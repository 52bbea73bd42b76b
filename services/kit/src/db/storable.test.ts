import { expect, it } from 'vitest';
import { isStorable, storable } from './storable.ts';

it('keeps a text but for what PostgreSQL cannot', () => {
  expect(storable('Fabrikam 日本 😀')).toBe('Fabrikam 日本 😀');
  expect(storable('Fab\0rikam \ud83d')).toBe('Fabrikam \ufffd');
});

it('knows what a column of 64 bits holds', () => {
  expect([2n ** 63n - 1n, -(2n ** 63n) + 1n, 0n].map(isStorable)).toEqual([true, true, true]);
  expect([2n ** 63n, -(2n ** 63n)].map(isStorable)).toEqual([false, false]);
});
