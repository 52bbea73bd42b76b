const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * The total in whole units by weights of one sign, largest remainder first, ties by position: the parts always sum to the
 * total. Weights that are all zero share equally in that order.
 */
export const splitByWeight = (total: bigint, weights: readonly bigint[]): bigint[] => {
  if (weights.some((weight) => weight < 0n) && weights.some((weight) => weight > 0n))
    throw new RangeError('Charges and credits are split apart');
  const given = weights.map(magnitude);
  const sum = given.reduce((all, weight) => all + weight, 0n);
  const [shares, whole] = sum === 0n ? [given.map(() => 1n), BigInt(given.length)] : [given, sum];
  const units = magnitude(total);
  const parts = shares.map((share) => (units * share) / whole);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: (units * share) % whole }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const missing = units - parts.reduce((all, part) => all + part, 0n);
  for (const { index } of byRemainder.slice(0, Number(missing))) parts[index] = (parts[index] ?? 0n) + 1n;
  return total < 0n ? parts.map((part) => -part) : parts;
};
