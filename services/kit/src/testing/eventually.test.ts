import { expect, it } from 'vitest';
import { eventually } from './eventually.ts';

it('looks until there is something to see', async () => {
  const seen: (false | 'there')[] = [false, false, 'there'];
  expect(await eventually('it is there', () => seen.shift(), { everyMs: 0 })).toBe('there');
  expect(seen).toEqual([]);
});

it('says what it waited for when it does not come', async () => {
  const never = eventually('the pod is gone', () => false, { withinMs: 0 });
  await expect(never).rejects.toThrow('Within 0 s it did not come to this: the pod is gone');
});

it('takes an error while looking for no answer to wait for', async () => {
  const broken = eventually('it is there', () => Promise.reject(new Error('refused')), { withinMs: 60_000 });
  await expect(broken).rejects.toThrow('refused');
});
