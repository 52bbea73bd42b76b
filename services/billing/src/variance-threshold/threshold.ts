import { minorDigits } from '@legendops/kit/contract/currency';

export interface Threshold {
  amountMinor: bigint;
  /** Parts per million; null where the amount alone decides. */
  sharePpm: number | null;
}

const usualUnits = 5n;
const whole = 1_000_000n;

/** Of a currency for which nobody has said otherwise. */
export const usualThreshold = (currency: string): Threshold => ({
  amountMinor: usualUnits * 10n ** BigInt(minorDigits(currency)),
  sharePpm: null,
});

/**
 * Whether a difference is told: it reaches the amount, or the share of `ofMinor`, all that is billed beside it. Either is
 * enough: what a share tells is small money of a small customer, and large money is told whatever its share is.
 */
export const reaches = (
  { stakeMinor, ofMinor }: { stakeMinor: bigint; ofMinor: bigint },
  { amountMinor, sharePpm }: Threshold,
): boolean =>
  stakeMinor > 0n &&
  (stakeMinor >= amountMinor || (sharePpm !== null && stakeMinor * whole >= ofMinor * BigInt(sharePpm)));
