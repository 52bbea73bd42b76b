import { failedSeeds } from './failed-seeds.ts';
import type { Asked, Simulated } from './simulate.ts';
import type { SimulatedWorld } from './simulated-world.ts';

type Counts = Omit<Simulated, 'violations' | 'trace'>;

type Kind = 'months' | 'years' | 'books';

export interface SeedsSeen {
  /** What was violated, by seed. */
  failed: string[];
  counts: Counts & { seeds: number };
}

const kindOf = ({ years = false, withBooks = false }: Asked): Kind =>
  withBooks ? 'books' : years ? 'years' : 'months';

/** The share of a kind in a long run; the command that begins one says how many and from which seed on. */
const share: Record<Kind, number> = { months: 0.85, years: 0.08, books: 0.07 };

const seedsOf = (kind: Kind, usual: number): number[] => {
  const { SIMULATION_SEEDS: asked, SIMULATION_FROM: from = '1' } = process.env;
  const count = asked === undefined ? usual : Math.ceil(Number(asked) * share[kind]);
  return Array.from({ length: count }, (_, n) => Number(from) + n);
};

const shown = 6;

/** Every world of a kind, those first that have found something before. What is wrong with one is printed at once. */
export const trySeeds = async (world: SimulatedWorld, kind: Kind, usual: number): Promise<SeedsSeen> => {
  const of = { years: kind === 'years', withBooks: kind === 'books' };
  const before = failedSeeds.filter((asked) => kindOf(asked) === kind);
  const worlds: Asked[] = [...before, ...seedsOf(kind, usual).map((seed) => ({ seed, ...of }))];
  const failed: string[] = [];
  const counts: SeedsSeen['counts'] = {
    seeds: 0,
    months: 0,
    runs: 0,
    killed: 0,
    faults: 0,
    approvals: 0,
    corrections: 0,
    posted: 0,
    lostAnswers: 0,
  };
  for (const asked of worlds) {
    const { violations, trace: _trace, ...one } = await world.simulate(asked);
    counts.seeds += 1;
    for (const name of Object.keys(one) as (keyof typeof one)[]) counts[name] += one[name];
    if (violations.length === 0) continue;
    failed.push(`${kind} ${asked.seed}`);
    process.stdout.write(`${kind}, seed ${asked.seed}:\n  ${violations.slice(0, shown).join('\n  ')}\n`);
  }
  const text = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`simulated ${kind}: ${text.join(', ')}\n`);
  return { failed, counts };
};
