/** Everything that a simulated world leaves to chance, from one seed. */
export interface Random {
  /** An integer from 0 to `limit`, which is excluded. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item | undefined;
  uuid(): string;
}

let worlds = 0;

// Mulberry32: small, and the same numbers everywhere.
export const randomOf = (seed: number): Random => {
  // The same seed twice is the same world with things of its own: a vendor's company is one tenant's.
  const world = (worlds += 1).toString(16).padStart(12, '0');
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const hex = (digits: number): string =>
    below(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)],
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${world}`,
  };
};
