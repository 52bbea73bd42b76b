import type { Listening } from './listen.ts';

/** Work of a service beside requests. */
export interface Background {
  /** Answers requests that wait for something to happen, before the servers are closed. */
  letGo?(): void;
  stop(): Promise<void>;
}

const timedOut = Symbol('timed out');

const within = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms), timedOut);
  });
  try {
    return (await Promise.race([work, end])) !== timedOut;
  } finally {
    clearTimeout(timer);
  }
};

// A pool waits for its busy connections, and work that was left behind may hold one.
const releaseMs = 1_000;

/**
 * Ends requests, then background work, within one budget; then releases. False when background work was left behind: a
 * vendor that hangs must not hold the process until it is killed. The next process takes up what such work had begun.
 */
export const drain = async ({
  servers,
  background,
  release,
  budgetMs,
}: {
  servers: readonly Pick<Listening, 'close'>[];
  background: readonly Background[];
  /** Closes pools and the like. */
  release: () => Promise<unknown>;
  budgetMs: number;
}): Promise<boolean> => {
  const ends = performance.now() + budgetMs;
  for (const work of background) work.letGo?.();
  await Promise.all(servers.map((server) => server.close(budgetMs)));
  const ended = await within(Promise.all(background.map((work) => work.stop())), ends - performance.now());
  await within(release(), releaseMs);
  return ended;
};
