import { expect, it } from 'vitest';
import { readQuantity } from './quantity.ts';

it.each([
  ['0.5', '500m'],
  ['1500m', '1500m'],
  ['1000m', '1'],
  ['2', '2'],
  [2, '2'],
  ['2G', '2G'],
  ['2000', '2k'],
  ['0', '0'],
  ['0Ki', '0'],
  ['1048576Ki', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Ki', '512'],
  ['1073741824', '1073741824'],
  ['1e3', '1e3'],
  ['12e-1', '1200e-3'],
  ['-1', '-1'],
  ['+3', '3'],
  ['.5', '500m'],
  ['1n', '1n'],
  ['0.1n', '1n'],
])('%s is written %s', (given, text) => {
  expect(readQuantity(given)?.text).toBe(text);
});

it.each(['', 'abc', '1Xi', '1 Gi', '--1', '1e', 'NaN', null, true, {}])('%j is none', (given) => {
  expect(readQuantity(given)).toBeUndefined();
});

it('has the same value however it is written', () => {
  expect(readQuantity('1Gi')?.nano).toBe(readQuantity('1048576Ki')?.nano);
  expect(readQuantity('1')?.nano).toBe(readQuantity('1000m')?.nano);
});
