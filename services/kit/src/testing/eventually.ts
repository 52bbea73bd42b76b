// It costs nothing where things go well, and a machine that is busy with others is slow and not wrong.
const patienceMs = 45_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Looks again and again until there is something to see, and returns it. What is waited for is told when it does not come:
 * `eventually('the pod is gone', async () => !(await read()))`. An error while looking ends the wait.
 */
export const eventually = async <T>(
  what: string | (() => string | Promise<string>),
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { withinMs = patienceMs, everyMs = 40 }: { withinMs?: number | undefined; everyMs?: number } = {},
): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() >= deadline) {
      const told = typeof what === 'string' ? what : await what();
      throw new Error(`Within ${withinMs / 1_000} s it did not come to this: ${told}`);
    }
    await pause(everyMs);
  }
};
