// What is cut from a box in decimals must fit it to the last millimetre.
const noise = 1e-9;

/** What is left of each bin. Pieces longer than a bin are the caller's to refuse. */
export const firstFitDecreasing = (pieces: readonly number[], bin: number): number[] => {
  const left: number[] = [];
  for (const piece of [...pieces].sort((one, other) => other - one)) {
    const fitting = left.findIndex((room) => piece <= room + noise);
    if (fitting < 0) left.push(bin - piece);
    else left[fitting] = Math.max(0, (left[fitting] ?? 0) - piece);
  }
  return left;
};
