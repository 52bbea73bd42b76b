import { expect, it, test } from 'vitest';
import { csvTable } from './csv-table.ts';

test.each([
  ['=1+1', `"'=1+1"`],
  ['+49', `"'+49"`],
  ['-1+cmd', `"'-1+cmd"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\tx', `"'\tx"`],
  ['-12.50', '"-12.50"'],
  ['Say "no", twice', '"Say ""no"", twice"'],
])('the cell %s is no formula', (value, written) => {
  expect(csvTable([[value]])).toBe(`${written}\r\n`);
});

it('has a line a row', () => {
  expect(csvTable([['a', 'b'], ['c']])).toBe('"a","b"\r\n"c"\r\n');
});
