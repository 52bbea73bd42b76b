import { messageOf } from '@legendops/kit/errors/message-of';

/** One thing that a script does; what it says afterwards, if it is not what it said before. */
export interface Step {
  what: string;
  run: () => Promise<unknown>;
}

export interface Outcome {
  done: string[];
  /** Why it ended before it was through. */
  failure: string | undefined;
  left: string[];
}

/** Does one after the other, and ends with the first that fails: what follows may rest on it. */
const inOrder = async (steps: readonly Step[]): Promise<Outcome> => {
  const done: string[] = [];
  for (const [index, { what, run }] of steps.entries()) {
    try {
      await run();
      done.push(what);
    } catch (error) {
      return { done, failure: `${what}: ${messageOf(error)}`, left: steps.slice(index + 1).map((step) => step.what) };
    }
  }
  return { done, failure: undefined, left: [] };
};

const listed = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  - ${line}`)];

/** What was done, what was not, and how to go on. Every script may be run again: it looks first, and does what is left. */
const told = ({ done, failure, left }: Outcome, command: string): string =>
  [
    ...listed('Done:', done),
    ...listed('Failed:', failure === undefined ? [] : [failure]),
    ...listed('Not done:', left),
    ...(failure === undefined ? [] : [`Go on: mend what it says, then run the same again: ${command}`]),
  ].join('\n');

/** Of a run that changes nothing. */
const planned = (steps: readonly Step[], command: string): string =>
  steps.length === 0
    ? 'Nothing is left to do.'
    : [
        ...listed(
          'Would do:',
          steps.map(({ what }) => what),
        ),
        `Nothing was changed. To do it: ${command}`,
      ].join('\n');

/**
 * Says what would be done, or does it where `go` is given, and says what came of it, with the command that goes on. The outcome, or
 * undefined where nothing was tried.
 */
export const carriedOut = async (
  steps: readonly Step[],
  {
    name,
    parameters,
    go,
    write,
  }: { name: string; parameters: readonly string[]; go: boolean; write: (text: string) => void },
): Promise<Outcome | undefined> => {
  const command = [`npm run ${name} --`, ...parameters.filter((one) => one !== '--go'), '--go'].join(' ');
  if (!go || steps.length === 0) {
    write(planned(steps, command));
    return undefined;
  }
  const outcome = await inOrder(steps);
  write(told(outcome, command));
  return outcome;
};
