import { hashOf, noEntry, type ChainedEntry, type ChainEnd } from './chain.ts';

export interface Verification {
  /** How many entries were found right, from the first on. */
  checked: number;
  /** Where the chain ends: what somebody may keep elsewhere, and compare another day. */
  end: ChainEnd;
  /** The first place where it does not hold. */
  broken?: { position: bigint; reason: string };
}

const brokenAt = (before: ChainEnd, entry: ChainedEntry & { hash: Buffer }): string | undefined => {
  const expected = before.position + 1n;
  if (entry.position !== expected)
    return entry.position === expected + 1n
      ? `entry ${expected} is missing`
      : `entries ${expected} to ${entry.position - 1n} are missing`;
  if (!hashOf(before.hash, entry).equals(entry.hash))
    return 'it was changed, or put in another place, or follows on another entry than it did';
  return undefined;
};

/** Follows a chain from its first entry to its head; entries come in the order of their positions. */
export const verifyChain = async (
  entries: AsyncIterable<ChainedEntry & { hash: Buffer }>,
  head: ChainEnd,
): Promise<Verification> => {
  let end = noEntry;
  for await (const entry of entries) {
    const reason = brokenAt(end, entry);
    if (reason !== undefined)
      return { checked: Number(end.position), end, broken: { position: end.position + 1n, reason } };
    end = { position: entry.position, hash: entry.hash };
  }
  const checked = Number(end.position);
  if (head.position !== end.position)
    return {
      checked,
      end,
      broken: {
        position: end.position + 1n,
        reason: `the chain ends after ${end.position} entries, and its head says ${head.position}`,
      },
    };
  if (end.position > 0n && !head.hash.equals(end.hash))
    return { checked, end, broken: { position: end.position, reason: 'its head names another last entry' } };
  return { checked, end };
};
