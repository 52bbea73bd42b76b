import { divRound } from './decimal.ts';
import type { Use } from './use.ts';

/** What a vendor charges for a share of a thing, in minor units; null where it does not say. */
export const costMinorOf = ({ costE8, share }: { costE8: bigint | null; share: Use['share'] }): bigint | null =>
  costE8 === null
    ? null
    : share.days === share.of
      ? divRound(costE8, 100_000_000n)
      : divRound(costE8 * BigInt(share.days), 100_000_000n * BigInt(share.of));
