import { keepSeed, keptSeeds } from './kept-seeds.ts';
import { noCounts, type Asked, type Counts } from './simulate.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** Months alone; months whose invoices are posted; years of both. */
export type Kind = 'months' | 'books' | 'years';

export interface SeedsSeen {
  /** What was violated, by seed. */
  failed: string[];
  counts: Counts & { seeds: number };
}

const kinds: Record<Kind, Required<Pick<Asked, 'years' | 'withBooks'>>> = {
  months: { years: false, withBooks: false },
  books: { years: false, withBooks: true },
  years: { years: true, withBooks: true },
};

/** So many of each in the gate. */
const usual: Record<Kind, number> = { months: 240, books: 56, years: 8 };
const inAll = Object.values(usual).reduce((all, count) => all + count, 0);

/** `npm run simulate` says how many seeds, from which on; each kind has its share of them. */
const seedsOf = (kind: Kind): number[] => {
  const { SIMULATION_SEEDS: asked, SIMULATION_FROM: from = '1' } = process.env;
  const count = asked === undefined ? usual[kind] : Math.ceil((Number(asked) * usual[kind]) / inAll);
  return Array.from({ length: count }, (_, n) => Number(from) + n);
};

const shown = 6;

/** Every world of a kind, those first that have found something before. What is wrong with one is printed at once. */
export const trySeeds = async (world: SimulatedWorld, kind: Kind): Promise<SeedsSeen> => {
  const seeds = new Set([...keptSeeds(kind).map(({ seed }) => seed), ...seedsOf(kind)]);
  const failed: string[] = [];
  const counts: SeedsSeen['counts'] = { seeds: 0, ...noCounts };
  for (const seed of seeds) {
    const { violations, trace: _trace, ...one } = await world.simulate({ seed, ...kinds[kind] });
    counts.seeds += 1;
    for (const name of Object.keys(one) as (keyof typeof one)[]) counts[name] += one[name];
    const [found] = violations;
    if (found === undefined) continue;
    failed.push(`${kind} ${seed}`);
    process.stdout.write(`${kind}, seed ${seed}:\n  ${violations.slice(0, shown).join('\n  ')}\n`);
    if (process.env.SIMULATION_KEEP === 'true') keepSeed(kind, { seed, found });
  }
  const text = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`simulated ${kind}: ${text.join(', ')}\n`);
  return { failed, counts };
};
