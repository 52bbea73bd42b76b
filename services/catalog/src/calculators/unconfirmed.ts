import type { Source, Step, Warning } from './calculator.ts';

const mark = 'from memory, to be checked against the standard';

/** The source of a figure that was seen in no public print. Whoever computes with it is told. */
export const fromMemory = (standard: string): Source => `${standard}: ${mark}`;

/** One warning for each such source that a calculation used. */
export const unconfirmed = (steps: readonly Step[]): Warning[] =>
  [...new Set(steps.map(({ source }) => source).filter((source) => source.includes(mark)))].map((source) => ({
    code: 'figure-unconfirmed',
    detail: 'A figure of this calculation was not seen in print: check it against your copy of the standard',
    source,
  }));
