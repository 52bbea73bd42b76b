import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '@legendops/kit/http/csv-text';
import { CsvError, parseCsv } from './parse-csv.ts';

const cells = (text: string) => parseCsv(text).map((row) => row.cells);

describe('a table of text', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\ufeffa;b\n"1;x";2',
      [
        ['a', 'b'],
        ['1;x', '2'],
      ],
    ],
    [
      'a\tb\r1\t2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n"say ""hi""\nyou", 2 \n\n,\n',
      [
        ['a', 'b'],
        ['say "hi"\nyou', '2'],
      ],
    ],
    ['a\n"\'=1"\n\'=2\n', [['a'], ['=1'], ['=2']]],
    ['"a","b"\n', [['a', 'b']]],
    [
      'a,b\n ,x',
      [
        ['a', 'b'],
        ['', 'x'],
      ],
    ],
    ['', []],
  ])('%j', (text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  it('says on which line of the file each row begins', () => {
    expect(parseCsv('a,b\n\n"x\ny",1\nz,2').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it.each([
    ['a\n"b', 'Line 2: a quotation mark opens'],
    ['a\n"b"c', 'Line 2: something follows'],
  ])('%j is none', (text, message) => {
    expect(() => parseCsv(text)).toThrow(CsvError);
    expect(() => parseCsv(text)).toThrow(message);
  });

  it('is read as it was written, whatever is in its cells', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.trim());
    const table = fc.array(fc.tuple(fc.constant('x'), text, text), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        expect(cells(csvText(rows))).toEqual(rows);
      }),
    );
  });
});
