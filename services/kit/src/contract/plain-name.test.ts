import { describe, expect, it } from 'vitest';
import { plainName } from './plain-name.ts';

describe('a name', () => {
  it.each([
    ['Fabrikam, Inc.', 'FABRIKAM'],
    ['The Café & Bar Ltd', 'cafe and bar limited'],
    ['A. Datum Corporation', 'A Datum Corp'],
    ["O'Reilly", 'OReilly'],
    ['Fab\u200brikam\u2060', '\u202aFabrikam\u202c'],
  ])('%s is like %s', (one, other) => expect(plainName(one)).toBe(plainName(other)));

  it.each([
    ['Fabrikam East', 'Fabrikam'],
    ['Adatum 2', 'Adatum'],
    ['Limited', 'Company'],
  ])('%s is not like %s', (one, other) => expect(plainName(one)).not.toBe(plainName(other)));
});
