/** Progress for a person at a terminal: what is being done, and how long it took. */
export interface Progress {
  /** Shows a step while it runs; a failure names the step. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  line(text: string): void;
}

export const progressTo = (write: (text: string) => void): Progress => ({
  step: async (title, work) => {
    const began = performance.now();
    const result = await work();
    write(`  ✓ ${title.padEnd(46)} ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    return result;
  },
  line: (text) => write(`    ${text}\n`),
});

export const silentProgress: Progress = { step: (_title, work) => work(), line: () => undefined };
