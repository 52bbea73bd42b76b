import { expect, test } from 'vitest';
import { differences, isSpelling } from './differences.ts';

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
])('%s', (_name, actual, desired, expected) => {
  expect(differences(actual, desired).length === 0).toBe(expected);
});

test('a difference says where it is, what is desired and what is there', () => {
  const desired = {
    labels: { 'example.io/a': 'x' },
    containers: [{ name: 'job', image: 'one' }],
    ports: [{ port: 1 }],
  };
  const actual = { labels: {}, containers: [{ name: 'job', image: 'two' }], ports: [{ port: 2 }] };
  expect(differences(actual, desired)).toEqual([
    { field: 'labels[example.io/a]', desired: 'x', actual: undefined },
    { field: 'containers[job].image', desired: 'one', actual: 'two' },
    { field: 'ports[0].port', desired: 1, actual: 2 },
  ]);
});

test.each([
  ['2000m', '2', true],
  ['0.5', '500m', true],
  ['2048Mi', '2Gi', true],
  ['1e3', '1k', true],
  [2, '2', true],
  ['2Gi', '2G', false],
  ['2x', '2', false],
  ['one', 'one ', false],
  ['2', undefined, false],
])('%s and %s are one quantity: %s', (desired, actual, expected) => {
  expect(isSpelling({ field: 'x', desired, actual })).toBe(expected);
});
