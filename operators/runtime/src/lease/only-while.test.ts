import { expect, test } from 'vitest';
import { NotLeading, onlyWhile } from './only-while.ts';

test('writes are refused from the moment on that the lease is gone, reads go on', async () => {
  const written: string[] = [];
  let leads = true;
  const store = onlyWhile(
    () => leads,
    { read: async () => written.length, write: async (text: string) => written.push(text) },
    ['read'],
  );
  await store.write('a');
  leads = false;
  await expect(store.write('b')).rejects.toBeInstanceOf(NotLeading);
  expect(await store.read()).toBe(1);
  expect(written).toEqual(['a']);
});

test('what is not named a read is refused, also of a class, of its parent and where it was added later', async () => {
  class Parent {
    protected readonly done: string[] = [];
    read = (): readonly string[] => this.done;
    inherited(): void {
      this.done.push('inherited');
    }
  }
  class Store extends Parent {
    #kept = 'kept';
    own(): void {
      this.done.push(this.#kept);
    }
  }
  const target: Store & { later?: () => void } = new Store();
  let leads = false;
  const store = onlyWhile(() => leads, target, ['read']);
  target.later = () => target.own();
  const writes = [() => store.own(), () => store.inherited(), () => store.later?.()];
  for (const write of writes) await expect(write()).rejects.toBeInstanceOf(NotLeading);
  expect(store.read()).toEqual([]);
  leads = true;
  for (const write of writes) write();
  expect(store.read()).toEqual(['kept', 'inherited', 'kept']);
});

test('a copy of its properties is fenced as well', async () => {
  const store = onlyWhile(() => false, { read: () => 1, write: async () => 2 }, ['read']);
  const copy = { ...store };
  await expect(copy.write()).rejects.toBeInstanceOf(NotLeading);
  expect(copy.read()).toBe(1);
});
