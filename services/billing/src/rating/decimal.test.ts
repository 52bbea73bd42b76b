import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, priceFromText, priceText, quantityText } from './currency.ts';
import { divRound, formatScaled, parseScaled } from './decimal.ts';

describe('exact decimals', () => {
  it.each([
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
    [14n, 10n, 1n],
    [-14n, 10n, -1n],
    [0n, 7n, 0n],
  ])('%i / %i is %i, half away from zero', (numerator, denominator, expected) => {
    expect(divRound(numerator, denominator)).toBe(expected);
  });

  it('rounds a credit to the exact mirror of its charge', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.bigInt(1n, 10n ** 15n), (n, d) => {
        expect(divRound(-n, d)).toBe(-divRound(n, d));
      }),
    );
  });

  it.each<[string, number, bigint]>([
    ['86.456', 3, 86_456n],
    ['1e-7', 8, 10n],
    ['86.4560', 2, 8_646n],
    ['-0.005', 2, -1n],
    ['12345678901234567890.12', 2, 1_234_567_890_123_456_789_012n],
    ['5E2', 0, 500n],
  ])('%s at %i digits', (text, digits, expected) => {
    expect(parseScaled(text, digits)).toBe(expected);
  });

  it.each(['', 'abc', '1,5', '0x10', '1.', '.5', ' 1', '1e999', 'NaN', '--1'])('refuses %j', (text) => {
    expect(() => parseScaled(text, 2)).toThrow();
  });

  it('prints what it reads', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 12 }), (value, digits) => {
        expect(parseScaled(formatScaled(value, digits), digits)).toBe(value);
      }),
    );
  });

  it('knows the digits of a currency', () => {
    expect([amountText(12_345n, 'USD'), amountText(12_345n, 'JPY'), amountText(-5n, 'KWD')]).toEqual([
      '123.45',
      '12345',
      '-0.005',
    ]);
    expect(priceFromText('0.0000125', 'USD')).toBe(125_000n);
    expect([priceText(125_000n, 'USD'), priceText(220_000_000_000n, 'USD')]).toEqual(['0.0000125', '22.00']);
    expect(quantityText(2_585_217_000n)).toBe('2585.217');
  });
});
