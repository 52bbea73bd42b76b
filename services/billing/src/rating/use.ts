/** How much of a thing a line bills, whatever its price and its words. */
export interface Use {
  sourceKey: string;
  quantityE6: bigint;
  share: { days: number; of: number };
  /** Null when it is not known. */
  costMinor: bigint | null;
}

/**
 * The thing that a source key is about: a subscription, or a summary's product. What follows in the key has changed with
 * the versions of this program, and posted lines keep theirs.
 */
export const thingOf = (sourceKey: string): string => {
  const parts = sourceKey.split(':');
  return parts.slice(0, parts[0] === 'usage' ? 3 : 2).join(':');
};

/** A sum of shares of months and of terms, as an exact fraction. */
interface Sum {
  quantity: bigint;
  of: bigint;
  costMinor: bigint | null;
  lines: number;
}

const plus = (sum: Sum, { quantityE6, share, costMinor }: Use): Sum => {
  const of = BigInt(share.of);
  return {
    quantity: sum.quantity * of + quantityE6 * BigInt(share.days) * sum.of,
    of: sum.of * of,
    costMinor: sum.costMinor === null || costMinor === null ? null : sum.costMinor + costMinor,
    lines: sum.lines + 1,
  };
};

const nothing: Sum = { quantity: 0n, of: 1n, costMinor: 0n, lines: 0 };

const sums = (uses: readonly Use[]): Map<string, Sum> => {
  const byThing = new Map<string, Sum>();
  for (const use of uses) {
    const thing = thingOf(use.sourceKey);
    byThing.set(thing, plus(byThing.get(thing) ?? nothing, use));
  }
  return byThing;
};

// What a service consumed is told in money as well: a vendor's correction of it is one of the use. A minor unit a line is
// rounding. What seats cost is a price.
const sameCost = (thing: string, a: Sum, b: Sum): boolean => {
  if (!thing.startsWith('usage:') || a.costMinor === null || b.costMinor === null) return true;
  const difference = a.costMinor - b.costMinor;
  return (difference < 0n ? -difference : difference) <= BigInt(Math.abs(a.lines - b.lines));
};

/** Whether the same was used, by thing, quantity and days. */
export const isSameUse = (a: readonly Use[], b: readonly Use[]): boolean => {
  const [left, right] = [sums(a), sums(b)];
  return [...new Set([...left.keys(), ...right.keys()])].every((thing) => {
    const [one, other] = [left.get(thing) ?? nothing, right.get(thing) ?? nothing];
    return one.quantity * other.of === other.quantity * one.of && sameCost(thing, one, other);
  });
};
