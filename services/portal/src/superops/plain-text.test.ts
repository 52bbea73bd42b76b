import { expect, it } from 'vitest';
import { dayOf, instantOf } from './instant.ts';
import { plainText } from './plain-text.ts';

it.each([
  ['a < b and c > d', 'a < b and c > d'],
  ['one<br>two<br/>three', 'one\ntwo\nthree'],
  ['<p>a</p>\n\n\n<p>b</p>', 'a\n\nb'],
  ['<a href="javascript:x">go</a> &amp;lt;', 'go &lt;'],
  ['<!-- hidden -->seen', 'seen'],
])('%j is read as %j', (content, expected) => expect(plainText(content)).toBe(expected));

it.each(['<a'.repeat(50_000), '<'.repeat(100_000), `<p ${'x '.repeat(50_000)}`])(
  'a text that never closes is read as long as it is',
  (content) => expect(plainText(content).length).toBeLessThanOrEqual(content.length),
);

it.each([
  ['2026-11-02T10:05:00', '2026-11-02T10:05:00Z'],
  ['2026-11-02T10:05:00.123', '2026-11-02T10:05:00.123Z'],
  ['2026-11-02T10:05:00+01:00', null],
  ['2026-13-02T10:05:00', null],
  ['0000-00-00', null],
  [null, null],
])('the time %s is %s', (text, expected) => expect(instantOf(text)).toBe(expected));

it.each([
  ['2027-03-31', '2027-03-31'],
  ['2027-03-31T00:00:00', '2027-03-31'],
  ['31.03.2027', null],
  [null, null],
])('the day %s is %s', (text, expected) => expect(dayOf(text)).toBe(expected));
