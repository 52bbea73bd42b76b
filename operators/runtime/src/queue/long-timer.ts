// Node takes a longer wait for none at all, and runs at once.
const longestMs = 2 ** 31 - 1;

export interface LongTimer {
  cancel(): void;
}

/** Runs after any time, weeks included; after an infinite one never. A time that is no number is a mistake of the caller. */
export const startTimer = (delayMs: number, run: () => void): LongTimer => {
  if (Number.isNaN(delayMs)) throw new RangeError('A wait must be a number of milliseconds, and is NaN');
  let timer: NodeJS.Timeout | undefined;
  const wait = (leftMs: number): void => {
    const thisMs = Math.min(leftMs, longestMs);
    timer = setTimeout(() => (leftMs > thisMs ? wait(leftMs - thisMs) : run()), thisMs);
  };
  if (delayMs !== Number.POSITIVE_INFINITY) wait(Math.max(0, delayMs));
  return { cancel: () => clearTimeout(timer) };
};
