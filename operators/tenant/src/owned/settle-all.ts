import { UnsettledObject } from '@legendops/operator-runtime/controller/unsettled-object';

/**
 * Makes all of them so, whatever becomes of one that somebody fights or that admission changes; the first such is thrown at
 * the end. Any other failure ends it at once: an API server that does not answer is not asked for the rest.
 */
export const settleAll = async (steps: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const unsettled: UnsettledObject[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof UnsettledObject)) throw error;
      unsettled.push(error);
    }
  }
  if (unsettled[0]) throw unsettled[0];
};
