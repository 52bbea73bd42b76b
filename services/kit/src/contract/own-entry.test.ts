import { expect, it } from 'vitest';
import { minorDigits } from './currency.ts';
import { ownEntry } from './own-entry.ts';

it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is in no table', (name) => {
  expect(ownEntry({ known: 1 }, name)).toBeUndefined();
  expect(minorDigits(name)).toBe(2);
});

it('what is in the table is found', () => expect(ownEntry({ known: 1 }, 'known')).toBe(1));
