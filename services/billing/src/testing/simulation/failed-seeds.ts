import type { Asked } from './simulate.ts';

/** Worlds that have found something once; they are the first to be tried. Add what a longer run prints. */
export const failedSeeds: readonly (Asked & { found: string })[] = [];
