import { expect, test } from 'vitest';
import { canonicalQuantity } from './quantity.ts';

test.each([
  ['2', '2'],
  ['2000m', '2'],
  ['2001m', '2001m'],
  ['3000', '3k'],
  ['1000000m', '1k'],
  ['2048Mi', '2Gi'],
  ['1048576Ki', '1Gi'],
  ['1025Mi', '1025Mi'],
  ['2048Gi', '2Ti'],
  ['1073741824', '1073741824'],
  ['odd', 'odd'],
])('%s is kept as %s', (text, expected) => {
  expect(canonicalQuantity(text)).toBe(expected);
});
