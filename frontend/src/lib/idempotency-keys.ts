import { isRefusal } from './problem.ts';

/** Runs an act of a person under a key that names it. */
export type RunOnce = <Answer>(act: string, input: unknown, send: (key: string) => Promise<Answer>) => Promise<Answer>;

/**
 * One key per act. As long as its outcome is not known (no answer, a failure of the service), the same act with the
 * same input is sent under the same key, so trying again cannot do it twice. An answer of either kind ends the act.
 */
export const idempotencyKeys = (newKey: () => string): RunOnce => {
  const open = new Map<string, string>();
  return async (act, input, send) => {
    const name = `${act} ${JSON.stringify(input)}`;
    const key = open.get(name) ?? newKey();
    open.set(name, key);
    try {
      const answer = await send(key);
      open.delete(name);
      return answer;
    } catch (error) {
      if (isRefusal(error)) open.delete(name);
      throw error;
    }
  };
};
