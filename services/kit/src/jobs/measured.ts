/** Tells how long a piece of work took and how it ended, by the word that `outcomeOf` has for an error. */
export const measured = async <T, Outcome extends string>(
  {
    observe,
    outcomeOf,
  }: {
    observe: (outcome: Outcome | 'success', seconds: number) => void;
    outcomeOf: (error: unknown) => Outcome;
  },
  work: () => Promise<T>,
): Promise<T> => {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  try {
    const result = await work();
    observe('success', seconds());
    return result;
  } catch (error) {
    observe(outcomeOf(error), seconds());
    throw error;
  }
};
