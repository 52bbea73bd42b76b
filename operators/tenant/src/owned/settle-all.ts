import { UnsettledObject } from '@legendops/operator-runtime/controller/unsettled-object';

const failuresOf = (ends: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));

/**
 * Makes all of them so, whatever becomes of one that somebody fights or that admission changes: the first goes alone, so that
 * an API server that does not answer is not asked for the rest, and the rest at once. When all have ended the first failure is
 * thrown, any other one before an unsettled object.
 */
export const settleAll = async (steps: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const isFinal = (failure: unknown): boolean => !(failure instanceof UnsettledObject);
  const settle = (some: typeof steps) => Promise.allSettled(some.map((step) => step()));
  const ends = await settle(steps.slice(0, 1));
  if (!failuresOf(ends).some(isFinal)) ends.push(...(await settle(steps.slice(1))));
  const failures = failuresOf(ends);
  if (failures.length > 0) throw failures.find(isFinal) ?? failures[0];
};
