import { divRound } from './decimal.ts';

/** An exact number that is no integer yet; the denominator is positive. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

export const zero: Fraction = { numerator: 0n, denominator: 1n };

export const times = ({ numerator, denominator }: Fraction, by: bigint, over = 1n): Fraction => ({
  numerator: numerator * by,
  denominator: denominator * over,
});

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      };

export const isLess = (a: Fraction, b: Fraction): boolean => a.numerator * b.denominator < b.numerator * a.denominator;

/** The larger of two; the first where they are equal. */
export const larger = (a: Fraction, b: Fraction): Fraction => (isLess(a, b) ? b : a);

/** Rounded once, half away from zero. */
export const rounded = ({ numerator, denominator }: Fraction): bigint => divRound(numerator, denominator);

/** The numerators of these over one denominator: their ratios, exactly. */
export const weightsOf = (fractions: readonly Fraction[]): bigint[] => {
  const [first] = fractions;
  if (fractions.every(({ denominator }) => denominator === first?.denominator))
    return fractions.map(({ numerator }) => numerator);
  const common = fractions.reduce((product, { denominator }) => product * denominator, 1n);
  return fractions.map(({ numerator, denominator }) => numerator * (common / denominator));
};
