import { problem } from './problem.ts';
import type { ProblemCode } from './problem-codes.ts';

/** The row, locked, as it was when the person looked at it; throws `missing` where it is gone, and version.stale. */
export const asSeen = <Row extends { version: number }>(
  row: Row | undefined,
  version: number,
  missing: ProblemCode,
): Row => {
  if (row === undefined) throw problem(missing);
  if (row.version !== version) throw problem('version.stale');
  return row;
};
