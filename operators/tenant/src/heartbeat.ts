export interface Heartbeat {
  /** Resolves after the first beat, whether or not it was heard. */
  start(): Promise<void>;
  stop(): void;
}

export interface HeartbeatOptions {
  beat: () => Promise<void>;
  onError: (error: unknown) => void;
  everyMs?: number;
  /** After one that failed: after an outage of the database nobody shall take the silence for a lost cluster. */
  retryMs?: number;
}

/** Tells the registry every so often that the operator of this cluster runs: a cluster that falls silent may be declared lost. */
export const createHeartbeat = (options: HeartbeatOptions): Heartbeat => {
  const { beat, onError, everyMs = 60_000, retryMs = 2_000 } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const start = async (): Promise<void> => {
    let next = everyMs;
    try {
      await beat();
    } catch (error) {
      next = retryMs;
      onError(error);
    }
    if (!stopped) timer = setTimeout(() => void start(), next);
  };
  return {
    start,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
