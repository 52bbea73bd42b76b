import { expect, test } from 'vitest';
import { NotLeading, onlyWhile } from './only-while.ts';

test('writes are refused from the moment on that the lease is gone, reads go on', async () => {
  const written: string[] = [];
  let leads = true;
  const store = onlyWhile(
    () => leads,
    { read: async () => written.length, write: async (text: string) => written.push(text) },
    ['write'],
  );
  await store.write('a');
  leads = false;
  await expect(store.write('b')).rejects.toBeInstanceOf(NotLeading);
  expect(await store.read()).toBe(1);
  expect(written).toEqual(['a']);
});
