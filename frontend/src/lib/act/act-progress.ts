/** How an act stands, for its button and its dialog. */
export interface ActState<Answer> {
  readonly pending: boolean;
  readonly error: Error | null;
  readonly answer: Answer | undefined;
  /** It has been done; its answer may be empty. */
  readonly done: boolean;
}

export interface ActProgress<Answer> {
  now: () => ActState<Answer>;
  /** As `done`, for whoever cannot wait for the next picture. */
  isDone: () => boolean;
  listen: (told: () => void) => () => void;
  /** Does it, unless it is under way: a second press, or Enter in the same moment, changes nothing. */
  run: (perform: () => Promise<Answer>, then?: (answer: Answer) => void) => void;
  /** Forgets how it ended; what is under way goes on. */
  reset: () => void;
  /** Nobody looks at it any more: what was to come after it is left out. */
  leave: () => void;
}

const idle = { pending: false, error: null, answer: undefined, done: false } as const;

/** One act of one button. What is pending is known in the moment of the press and not with the next picture. */
export const actProgress = <Answer>(): ActProgress<Answer> => {
  const listeners = new Set<() => void>();
  let state: ActState<Answer> = idle;
  let left = false;
  const become = (next: ActState<Answer>): void => {
    state = next;
    for (const told of listeners) told();
  };
  const carryOut = async (perform: () => Promise<Answer>, then: (answer: Answer) => void): Promise<void> => {
    let answer: Answer;
    try {
      answer = await perform();
    } catch (error) {
      return become({ ...idle, error: error instanceof Error ? error : new Error(String(error)) });
    }
    become({ ...idle, answer, done: true });
    if (!left) then(answer);
  };
  return {
    now: () => state,
    isDone: () => state.done,
    listen: (told) => {
      left = false;
      listeners.add(told);
      return () => listeners.delete(told);
    },
    run: (perform, then = () => undefined) => {
      if (state.pending) return;
      become({ ...idle, pending: true });
      void carryOut(perform, then);
    },
    reset: () => {
      if (!state.pending) become(idle);
    },
    leave: () => {
      left = true;
    },
  };
};
