export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// It costs nothing where things go well, and a machine that is busy with others is slow and not wrong.
const patienceMs = 45_000;

/** Waits for what the operator does in its own time; says what it waited for when it does not come. */
export const until = async <T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  withinMs = patienceMs,
): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Within ${withinMs} ms it did not come to this: ${what}`);
    await pause(40);
  }
};
