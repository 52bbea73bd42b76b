/** Exact decimals as scaled integers: money never passes through a double. */

const pattern = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Quotient rounded once, half away from zero: a credit is the exact mirror of what it reverses. */
export const divRound = (numerator: bigint, denominator: bigint): bigint => {
  if (denominator <= 0n) throw new RangeError('The denominator must be positive');
  const towardsZero = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return towardsZero;
  if (rest < 0n) return rest + rest <= -denominator ? towardsZero - 1n : towardsZero;
  return rest + rest >= denominator ? towardsZero + 1n : towardsZero;
};

/** The decimal text (JSON's exponents included) times 10^digits; digits beyond that are rounded. Throws for other text. */
export const parseScaled = (text: string, digits: number): bigint => {
  const match = pattern.exec(text);
  if (!match) throw new SyntaxError('Not a decimal number');
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = digits + Number(exponent) - fraction.length;
  if (Math.abs(shift) > 60) throw new RangeError('The number is out of range');
  const value = BigInt(`${sign}${whole}${fraction}`);
  return shift >= 0 ? value * 10n ** BigInt(shift) : divRound(value, 10n ** BigInt(-shift));
};

/** The shortest decimal text of value / 10^digits, with at least `shown` digits after the point. */
export const formatScaled = (value: bigint, digits: number, shown = 0): string => {
  const magnitude = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const whole = magnitude.slice(0, magnitude.length - digits);
  const fraction = magnitude
    .slice(magnitude.length - digits)
    .replace(/0+$/, '')
    .padEnd(shown, '0');
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
};
