import { expect, it } from 'vitest';
import { lazyCode } from './code-loader.ts';

it('loads once, however many ask, and has it at once from then on', async () => {
  let loads = 0;
  const code = lazyCode(async () => (loads += 1));
  expect(code.now()).toBeUndefined();
  expect(await Promise.all([code.load(), code.load()])).toEqual([1, 1]);
  expect(code.now()).toBe(1);
});

it('tries again after a failure', async () => {
  let fails = true;
  const code = lazyCode(async () => {
    if (fails) throw new Error('offline');
    return 'page';
  });
  await expect(code.load()).rejects.toThrow('offline');
  expect(code.now()).toBeUndefined();
  fails = false;
  expect(await code.load()).toBe('page');
});
