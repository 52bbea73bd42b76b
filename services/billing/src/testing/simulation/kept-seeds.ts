import { readFileSync, writeFileSync } from 'node:fs';

/** A world that has found something once, and what that was. */
export interface KeptSeed {
  seed: number;
  found: string;
}

const fileOf = (kind: string): URL => new URL(`kept-seeds/${kind}.json`, import.meta.url);

/** They are the first to be tried. */
export const keptSeeds = (kind: string): KeptSeed[] => JSON.parse(readFileSync(fileOf(kind), 'utf8')) as KeptSeed[];

/** Keeps a world for good; `npm run simulate` does so with each that finds something. */
export const keepSeed = (kind: string, kept: KeptSeed): void => {
  const others = keptSeeds(kind).filter(({ seed }) => seed !== kept.seed);
  writeFileSync(fileOf(kind), `${JSON.stringify([...others, kept], null, 2)}\n`);
};
