export interface Repeated {
  /** Resolves after the first round, whether or not it succeeded. */
  start(): Promise<void>;
  stop(): void;
}

export interface RepeatedOptions {
  round: () => Promise<void>;
  everyMs: number;
  /** The pause after a round that failed; by default the same. */
  retryMs?: number;
  onError: (error: unknown) => void;
}

/** A round now and one after each pause, never two at once; one that fails is told, and the next comes all the same. */
export const repeated = ({ round, everyMs, retryMs = everyMs, onError }: RepeatedOptions): Repeated => {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const start = async (): Promise<void> => {
    let pauseMs = everyMs;
    try {
      await round();
    } catch (error) {
      pauseMs = retryMs;
      onError(error);
    }
    if (!stopped) timer = setTimeout(() => void start(), pauseMs);
  };
  return {
    start,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
