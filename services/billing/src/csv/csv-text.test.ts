import { expect, it } from 'vitest';
import { csvText } from './csv-text.ts';

it.each([
  ['=1+1', `"'=1+1"`],
  ['+1 (555) 1', `"'+1 (555) 1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\tx', `"'\tx"`],
  ['\rx', `"'\rx"`],
  ['＝1', `"'＝1"`],
  ['-2+3', `"'-2+3"`],
  ['-12.34', `"-12.34"`],
  ['a "b", c\nd', `"a ""b"", c\nd"`],
  ['', '""'],
])('%j is %s', (value, expected) => {
  expect(csvText([[value]])).toBe(`${expected}\r\n`);
});
