import type { ReconcileResult } from '@legendops/operator-runtime/controller/controller';

// A full pass begins after at most 1.2 times its interval, and takes its time to list and to come to every tenant.
const comesWithinIntervals = 3;

/**
 * When a pass asks to look again, unless the full pass looks long before and asks anew: a timer for the next rotation of each of
 * ten thousand tenants would be seven megabytes.
 */
export const beforeFullPass = ({ requeueAfterMs }: ReconcileResult, fullPassMs: number): ReconcileResult =>
  requeueAfterMs !== undefined && requeueAfterMs > comesWithinIntervals * fullPassMs ? {} : { requeueAfterMs };
