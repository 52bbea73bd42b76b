// 110.00000000000001 is 110: decimal inputs must not cost a unit when they meet a binary fraction.
const noise = 1e-9;

export const wholeBelow = (value: number): number => Math.floor(value + noise * Math.max(1, Math.abs(value)));
export const wholeAbove = (value: number): number => Math.ceil(value - noise * Math.max(1, Math.abs(value)));

/** At most, where both sides come from decimal figures. */
export const atMost = (value: number, limit: number): boolean => value <= limit + noise * Math.max(1, Math.abs(limit));

/** Twelve significant digits, for every figure that leaves a calculation. */
export const withoutNoise = (value: unknown): unknown => {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(withoutNoise);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutNoise(inner)]));
  return value;
};
