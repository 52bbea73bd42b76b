import { wholeBelow } from '../rounding.ts';

/** NEC chapter 9 table 1, by the number of cables. */
export const fillLimit = (cables: number): number => {
  if (cables === 1) return 0.53;
  return cables === 2 ? 0.31 : 0.4;
};

/** Additive: the published 28 % after two bends is 40 · (1 − 0.30), not 40 · 0.85². */
export const bendFactor = (bends: number): number => 1 - 0.15 * bends;

/** A fraction of 0.8 or more counts as one more (note 7). */
const roundedByNote7 = (quotient: number): number => {
  const whole = wholeBelow(quotient);
  return quotient - whole >= 0.8 - 1e-9 ? whole + 1 : whole;
};

/**
 * The most cables of one size: the limit follows the resulting count, so the largest n counts that its own limit takes. Plain
 * ⌊0.4·A/a⌋ is wrong in many cells of annex C.
 */
export const mostConductors = (conduitMm2: number, cableMm2: number, bends: number): number => {
  const takenAt = (cables: number): number =>
    roundedByNote7((fillLimit(cables) * bendFactor(bends) * conduitMm2) / cableMm2);
  const many = takenAt(3);
  if (many >= 3) return many;
  if (takenAt(2) >= 2) return 2;
  return takenAt(1) >= 1 ? 1 : 0;
};
