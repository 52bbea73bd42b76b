import { expect, test } from 'vitest';
import { canonicalQuantity, isLessQuantity } from './quantity.ts';

test.each([
  ['2', '2'],
  ['+2', '2'],
  ['2000m', '2'],
  ['2001m', '2001m'],
  ['3000', '3k'],
  ['1000000m', '1k'],
  ['0.5', '500m'],
  ['.5', '500m'],
  ['1.50', '1500m'],
  ['2.', '2'],
  ['2G', '2G'],
  ['2000M', '2G'],
  ['0.5G', '500M'],
  ['500000u', '500m'],
  ['0.0000000001', '1n'],
  ['1e3', '1e3'],
  ['1000E3', '1e6'],
  ['1.5e3', '1500'],
  ['2048Mi', '2Gi'],
  ['1048576Ki', '1Gi'],
  ['1025Mi', '1025Mi'],
  ['2048Gi', '2Ti'],
  ['0.5Gi', '512Mi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Ki', '512'],
  ['0.1Gi', '107374182400m'],
  ['1073741824', '1073741824'],
  ['0', '0'],
  ['odd', 'odd'],
])('%s is kept as %s', (text, expected) => {
  expect(canonicalQuantity(text)).toBe(expected);
});

test.each([
  ['1m', '500m', true],
  ['0.499', '500m', true],
  ['0.5', '500m', false],
  ['1', '500m', false],
  ['255Mi', '256Mi', true],
  ['256M', '256Mi', true],
  ['268435456', '256Mi', false],
  ['1e9', '256Mi', false],
  ['much', '256Mi', false],
])('whether %s is less than %s: %s', (one, other, expected) => {
  expect(isLessQuantity(one, other)).toBe(expected);
});
