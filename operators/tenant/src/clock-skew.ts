import { clockSkewSeconds } from './metrics/clock-skew.ts';

// Clocks that are kept by a time server differ by less than a second.
const boundMs = 60_000;

/** Measures how far our clock is ahead, and tells once when that is too far, and again when it is so in the other direction. */
export const skewTold = (tell: (aheadMs: number) => void): ((aheadMs: number) => void) => {
  let told = 0;
  return (aheadMs) => {
    clockSkewSeconds.set(aheadMs / 1000);
    const side = Math.abs(aheadMs) > boundMs ? Math.sign(aheadMs) : 0;
    if (side !== 0 && side !== told) tell(aheadMs);
    told = side;
  };
};
