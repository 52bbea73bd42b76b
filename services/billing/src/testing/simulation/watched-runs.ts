/** What is known of runs from what they have committed, whatever their records say. */
export interface WatchedRuns {
  committed: (process: number, texts: readonly string[]) => void;
  /** The last day on which a sync has read all that it wanted to; empty where none has. */
  readOn(): string;
  violations: string[];
}

const begins = 'insert into billing.runs';
const fenced = 'from billing.runs where id =';

/** Every transaction of a run that is not the newest of its job is one too many. */
export const watchedRuns = ({ today, learnt }: { today: () => string; learnt: () => void }): WatchedRuns => {
  const violations: string[] = [];
  let newest = 0;
  let readOn = '';
  return {
    violations,
    readOn: () => readOn,
    committed: (process, texts) => {
      const says = (words: string): boolean => texts.some((text) => text.includes(words));
      if (says(begins)) newest = process;
      if (says(fenced) && process !== newest) violations.push(`${today()}: I1 a run that was over has written`);
      if (says('insert into billing.pax8_subscriptions')) learnt();
      if (says('insert into billing.usage_days')) readOn = today();
    },
  };
};
