import { useEffect, useState, useSyncExternalStore } from 'react';
import { writer } from '../api.ts';
import { mindSession } from '../query-client.ts';
import { isRefusal } from '../problem.ts';
import { actProgress, type ActState } from './act-progress.ts';
import { actPerformer, type ActKind } from './perform-act.ts';

const perform = actPerformer({
  client: writer,
  newKey: () => crypto.randomUUID(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});

/** An act as a button or a form has it. */
export interface Act<Input, Answer> extends ActState<Answer> {
  /** Does it, unless it is under way. `then` follows its success while the person is still here. */
  run: (input: Input, then?: (answer: Answer) => void) => void;
  reset: () => void;
  /** As `done`, known at once and not with the next picture. */
  isDone: () => boolean;
}

/** What dialogs and forms need to know of an act, whatever it is. */
export type AnyAct = Pick<Act<never, unknown>, 'pending' | 'error' | 'isDone'>;

/** Something that runs once at a time and tells how it ended. */
export const useRunOnce = <Input, Answer>(carryOut: (input: Input) => Promise<Answer>): Act<Input, Answer> => {
  const [progress] = useState(() => actProgress<Answer>());
  const state = useSyncExternalStore(progress.listen, progress.now);
  useEffect(() => progress.leave, [progress]);
  return {
    ...state,
    run: (input, then) => progress.run(() => carryOut(input), then),
    reset: progress.reset,
    isDone: progress.isDone,
  };
};

/** The act itself, for one that is made of several. */
export const carryOut = async <Input, Answer>(kind: ActKind<Input, Answer>, input: Input): Promise<Answer> => {
  const answer = await perform(kind, input).catch((error: unknown) => {
    mindSession(error);
    if (isRefusal(error)) kind.refused?.(input);
    throw error;
  });
  kind.done?.(answer, input);
  return answer;
};

/** The only way from the screen to a change at a service. */
export const useAct = <Input, Answer>(kind: ActKind<Input, Answer>): Act<Input, Answer> =>
  useRunOnce((input) => carryOut(kind, input));
