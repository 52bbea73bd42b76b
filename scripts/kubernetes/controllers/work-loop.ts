export type WorkLoop = {
  /** Has the key reconciled soon, or after a delay; many requests for one key are one run. */
  add(key: string, delayMs?: number): void;
  stop(): Promise<void>;
};

type Options = {
  /** May say after how many milliseconds it wants to look again. */
  reconcile: (key: string) => Promise<number | undefined> | number | undefined;
  log: (line: string) => void;
  name: string;
};

const retryMs = 1_000;

/** Reconciles one key after the other; a failure is logged and tried again. */
export const workLoop = ({ reconcile, log, name }: Options): WorkLoop => {
  const timers = new Map<string, { timer: NodeJS.Timeout; at: number }>();
  const ready = new Set<string>();
  let running: Promise<void> | undefined;
  let isStopped = false;

  const run = async (): Promise<void> => {
    // The writer of the event that woke us finishes first.
    await new Promise((resolve) => setImmediate(resolve));
    for (let key = next(); key !== undefined; key = next()) {
      try {
        const again = await reconcile(key);
        if (again !== undefined) add(key, again);
      } catch (error) {
        log(`${name} ${key}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        add(key, retryMs);
      }
    }
    running = undefined;
  };
  const next = (): string | undefined => {
    const [key] = ready;
    if (isStopped) return undefined;
    if (key !== undefined) ready.delete(key);
    return key;
  };
  const add = (key: string, delayMs = 0): void => {
    if (isStopped) return;
    const at = Date.now() + delayMs;
    const waiting = timers.get(key);
    if (waiting && waiting.at <= at) return;
    clearTimeout(waiting?.timer);
    timers.delete(key);
    if (delayMs > 0) {
      const timer = setTimeout(() => {
        timers.delete(key);
        add(key);
      }, delayMs);
      timers.set(key, { timer, at });
      return;
    }
    ready.add(key);
    running ??= run();
  };
  return {
    add,
    stop: async () => {
      isStopped = true;
      for (const { timer } of timers.values()) clearTimeout(timer);
      await running;
    },
  };
};

export type Controller = { stop(): Promise<void> };
