/** Exact numbers of the oracle; it shares none with what it checks. */
export interface Exact {
  n: bigint;
  /** Above nothing. */
  d: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

export const exact = (n: bigint | number, d: bigint | number = 1n): Exact => {
  const [numerator, denominator] = [BigInt(n), BigInt(d)];
  const common = gcd(numerator, denominator) || 1n;
  return { n: numerator / common, d: denominator / common };
};

export const nothing = exact(0);
export const sum = (a: Exact, b: Exact): Exact => exact(a.n * b.d + b.n * a.d, a.d * b.d);
export const product = (a: Exact, b: Exact): Exact => exact(a.n * b.n, a.d * b.d);

/** Whether a whole number is no further from an exact one than so many halves. */
export const isWithin = (whole: bigint, { n, d }: Exact, halves: number): boolean => {
  const away = whole * d - n;
  return 2n * (away < 0n ? -away : away) <= BigInt(halves) * d;
};

export const textOf = ({ n, d }: Exact): string => (Number((n * 10_000n) / d) / 10_000).toFixed(4);
