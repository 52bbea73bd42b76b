import { expect, test } from 'vitest';
import { contains } from './contains.ts';

test.each([
  ['equal values', { a: 1 }, { a: 1 }, true],
  ['what others added', { a: 1, b: 2 }, { a: 1 }, true],
  ['what we do not state', { a: 1 }, { a: 1, b: undefined }, true],
  ['a value that differs', { a: 1 }, { a: 2 }, false],
  ['a field that is missing', {}, { a: null }, false],
  ['depth', { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1 } } }, true],
  ['an object where a value was', { a: 'x' }, { a: { b: 1 } }, false],
  ['a list where an object was', { a: [] }, { a: {} }, false],
  ['a longer list', { a: [1, 2] }, { a: [1] }, false],
  ['an empty list that is left out', {}, { a: [] }, true],
  ['an empty list that was filled', { a: [1] }, { a: [] }, false],
  ['a list in another order', { a: [1, 2] }, { a: [2, 1] }, false],
  ['named entries in another order', [{ name: 'a', v: 1 }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }], true],
  ['a named entry that differs', [{ name: 'a', v: 1 }], [{ name: 'a', v: 2 }], false],
  ['a named entry that was exchanged', [{ name: 'c' }], [{ name: 'a' }], false],
  ['an entry more', [{ name: 'a' }, { name: 'b' }], [{ name: 'a' }], false],
  ['nothing there', undefined, { a: 1 }, false],
  ['null', null, { a: 1 }, false],
])('%s', (_name, actual, wanted, expected) => {
  expect(contains(actual, wanted)).toBe(expected);
});
