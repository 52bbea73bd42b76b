const soonestMs = 2_000;
const latestMs = 30_000;

/** How long something may wait for the next look: the longer it has waited, the longer, and never so long that a person wonders. */
export const patienceMs = (waitedMs: number): number => Math.min(latestMs, Math.max(soonestMs, waitedMs / 5));
