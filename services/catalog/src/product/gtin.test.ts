import { describe, expect, it } from 'vitest';
import { ProductChange } from '../contract.ts';
import { isGtin } from '@legendops/kit/contract/gtin';

describe('a GTIN', () => {
  // Printed in GS1's General Specifications and on packages.
  const real = ['96385074', '036000291452', '4006381333931', '10614141000415', '00012345600012', '5901234123457'];

  it.each(real)('%s is one', (digits) => {
    expect(isGtin(digits)).toBe(true);
  });

  it.each(real)('%s is none with any one digit mistyped, nor with two unlike neighbours swapped', (digits) => {
    for (let at = 0; at < digits.length; at += 1) {
      const other = String((Number(digits[at]) + 1) % 10);
      expect(isGtin(digits.slice(0, at) + other + digits.slice(at + 1))).toBe(false);
    }
  });

  it.each(['', '1', '123456789', 'abcdefgh', '400638133393', '４００６３８１３３３９３１'])('%s is none', (text) => {
    expect(isGtin(text)).toBe(false);
  });

  it('is kept with fourteen digits, so that each is there once', () => {
    const read = (gtin: string) => ProductChange.safeParse({ gtin });
    expect(read('4006381333931').data?.gtin).toBe('04006381333931');
    expect(read('96385074').data?.gtin).toBe('00000096385074');
    expect(read('4006381333932').error?.issues[0]?.message).toMatch(/mistyped/);
    expect(read('12').error?.issues[0]?.message).toMatch(/8, 12, 13 or 14/);
  });
});
