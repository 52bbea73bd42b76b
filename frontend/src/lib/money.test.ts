import { minorDigits } from '@legendops/kit/contract/currency';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatMoney, formatPrice, formatQuantity, sumMinor, toMinorUnits, toWholeUnits, moneyWords } from './money.ts';

// Intl separates with no-break spaces in places.
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('formatMoney', () => {
  test.each([
    ['0', 'USD', '$0.00'],
    ['5', 'USD', '$0.05'],
    ['-5', 'USD', '-$0.05'],
    ['99', 'USD', '$0.99'],
    ['100', 'USD', '$1.00'],
    ['123456', 'USD', '$1,234.56'],
    ['-123456', 'EUR', '-€1,234.56'],
    ['1234', 'JPY', '¥1,234'],
    ['12345', 'KWD', 'KWD 12.345'],
    ['7', 'KWD', 'KWD 0.007'],
    ['9007199254740993', 'USD', '$90,071,992,547,409.93'],
    ['9223372036854775807', 'USD', '$92,233,720,368,547,758.07'],
    ['-9223372036854775808', 'USD', '-$92,233,720,368,547,758.08'],
    ['123400', 'HUF', 'HUF 1,234.00'],
    ['1234', 'IQD', 'IQD 1.234'],
  ])('%s minor units of %s read %s', (amountMinor, currency, expected) => {
    expect(plain(formatMoney(amountMinor, currency, 'en-US'))).toBe(expected);
  });

  it('loses no digit of any amount in any currency', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.constantFrom(...Intl.supportedValuesOf('currency')),
        (minor, currency) => {
          const shown = formatMoney(minor.toString(), currency, 'en-US').replace(currency, '');
          expect(BigInt(shown.replaceAll(/\D/g, ''))).toBe(minor < 0n ? -minor : minor);
          expect(shown.includes('-')).toBe(minor < 0n);
        },
      ),
    );
  });
});

describe('toWholeUnits', () => {
  it('puts the point before the minor digits of the currency', () => {
    expect(
      ['USD', 'JPY', 'BHD', 'CLF'].map((currency) => [minorDigits(currency), toWholeUnits('-10', currency)]),
    ).toEqual([
      [2, '-0.10'],
      [0, '-10'],
      [3, '-0.010'],
      [4, '-0.0010'],
    ]);
  });
});

describe('formatPrice and formatQuantity', () => {
  test.each([
    ['0.0000125', '$0.0000125'],
    ['26.4', '$26.40'],
    ['1000', '$1,000.00'],
    ['-3.126', '-$3.126'],
  ])('the price %s reads %s', (decimal, expected) => {
    expect(formatPrice(decimal, 'USD', 'en-US')).toBe(expected);
  });

  test.each([
    ['86.4560', '86.456'],
    ['1234567', '1,234,567'],
    ['0.000001', '0.000001'],
  ])('the quantity %s reads %s', (decimal, expected) => {
    expect(formatQuantity(decimal, 'en-US')).toBe(expected);
  });

  it('refuses what is no decimal number', () => {
    expect(() => formatQuantity('1e3')).toThrow(RangeError);
  });
});

test('sumMinor adds beyond what a number holds', () => {
  expect(sumMinor(['9007199254740993', '-1', '2'])).toBe('9007199254740994');
});

describe('moneyWords', () => {
  it('sets currencies side by side', () => {
    const totals = [
      { amountMinor: '123456', currency: 'USD' },
      { amountMinor: '5', currency: 'JPY' },
    ];
    expect(moneyWords(totals)).toMatch(/1.?234.56.* \+ .*5/);
  });
});

describe('toMinorUnits', () => {
  test.each([
    ['12.5', 'USD', '1250'],
    [' 12,50 ', 'EUR', '1250'],
    ['0', 'USD', '0'],
    ['7', 'JPY', '7'],
    ['1.234', 'KWD', '1234'],
    ['999999999999.99', 'USD', '99999999999999'],
  ])('%s of %s is %s', (typed, currency, expected) => {
    expect(toMinorUnits(typed, currency)).toBe(expected);
  });

  test.each([
    ['', 'USD'],
    ['-1', 'USD'],
    ['1.005', 'USD'],
    ['7.5', 'JPY'],
    ['1e3', 'USD'],
    ['1,000.00', 'USD'],
    ['1234567890123', 'USD'],
  ])('%j is no amount of %s', (typed, currency) => {
    expect(toMinorUnits(typed, currency)).toBeUndefined();
  });
});
