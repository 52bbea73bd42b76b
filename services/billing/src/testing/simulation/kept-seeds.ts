import { readFileSync, writeFileSync } from 'node:fs';
import type { Asked } from './simulate.ts';

/** A world that has found something once, and what that was. */
export interface KeptSeed extends Omit<Asked, 'mutant'> {
  found: string;
}

const file = new URL('kept-seeds.json', import.meta.url);

/** They are the first to be tried. */
export const keptSeeds = (): KeptSeed[] => JSON.parse(readFileSync(file, 'utf8')) as KeptSeed[];

/** Keeps a world for good; `npm run simulate` does so with each that finds something. */
export const keepSeed = (kept: KeptSeed): void => {
  const others = keptSeeds().filter(
    ({ seed, years, withBooks }) => seed !== kept.seed || years !== kept.years || withBooks !== kept.withBooks,
  );
  writeFileSync(file, `${JSON.stringify([...others, kept], null, 2)}\n`);
};
