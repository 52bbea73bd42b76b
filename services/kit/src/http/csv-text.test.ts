import { describe, expect, it } from 'vitest';
import { csvText, withoutGuard } from './csv-text.ts';

const hostile = ['=1+1', '+1 (555) 1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x'];

describe('a table', () => {
  it.each(hostile)('has no formula in it: %j', (value) => {
    expect(csvText([[value]])).toBe(`"'${value}"\r\n`);
    expect(withoutGuard(`'${value}`)).toBe(value);
  });

  it('keeps quotes, separators and ends of lines inside their cell', () => {
    expect(
      csvText([
        ['a"b', 'c,d', 'e\nf'],
        ['', 'g', "'h"],
      ]),
    ).toBe('"a""b","c,d","e\nf"\r\n"","g","\'h"\r\n');
    expect(withoutGuard("'h")).toBe("'h");
  });

  it.each(['-12.34', '-1'])('leaves %s a number', (value) => {
    expect(csvText([[value]])).toBe(`"${value}"\r\n`);
    expect(withoutGuard(value)).toBe(value);
  });

  it('gives back what looks guarded as it was', () => {
    expect(csvText([["'=1"]])).toBe(`"''=1"\r\n`);
    expect(withoutGuard("''=1")).toBe("'=1");
  });
});
