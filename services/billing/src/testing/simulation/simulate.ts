import type { BillingWorld } from '../billing-world.ts';
import { addDays, addMonths, monthOf } from '../../rating/period.ts';
import { booksOf } from './books.ts';
import { alwaysTrue, type Checked } from './invariants.ts';
import { lifeOf } from './life.ts';
import { oracleOf } from './oracle.ts';
import { peopleOf } from './people.ts';
import { randomOf, type Random } from './random.ts';
import { runProcesses, type End, type Fate, type Process } from './scheduler.ts';
import { simulatedTenant } from './simulated-tenant.ts';
import type { Mutant } from './watched-database.ts';
import { watchedRuns } from './watched-runs.ts';
import { billedAsOwed, changed, everyMonth, noneTooSoon, ownLinesBilled, stateOf } from './whole-billing.ts';

/** How much happened in a world, or in several. */
export const noCounts = {
  months: 0,
  runs: 0,
  killed: 0,
  faults: 0,
  approvals: 0,
  corrections: 0,
  posted: 0,
  memos: 0,
  lostAnswers: 0,
  edits: 0,
  holds: 0,
  rejections: 0,
  takenBack: 0,
};
export type Counts = typeof noCounts;

export interface Simulated extends Counts {
  violations: string[];
  trace: string[];
}

export interface Asked {
  seed: number;
  /** Years instead of some months. */
  years?: boolean;
  /** Whether what is approved is posted. */
  withBooks?: boolean;
  mutant?: Mutant | undefined;
}

const firstDay = '2026-01-01';
/** The first night, in good order: the ledger begins with its month. */
const firstNight = '2026-01-15';

const fates: Fate['what'][] = ['killed-before', 'killed-after', 'refused', 'unheard'];

/** Where an invoice run of this size may be struck; a night has more operations, most of them alike. */
const mostOperations = { night: 60, run: 16 } as const;

const fateOf = (random: Random, job: 'night' | 'run'): Fate | undefined =>
  random.chance(0.3) ? { at: 1 + random.below(mostOperations[job]), what: random.pick(fates) ?? 'refused' } : undefined;

/** Months of a tenant's life, a seed each. */
export const simulate = async (
  world: BillingWorld,
  { seed, years = false, withBooks = false, mutant }: Asked,
): Promise<Simulated> => {
  const random = randomOf(seed);
  const months = years ? 26 : 4 + random.below(5);
  const oracle = oracleOf();
  const life = lifeOf(random, firstDay);
  const { machine } = life;
  let today = firstDay;
  const watched = watchedRuns({ today: () => today, learnt: () => oracle.see(today, machine.sold) });
  const tenant = await simulatedTenant(world, { machine, committed: watched.committed, mutant });
  const { tenantId } = tenant;
  const people = peopleOf({ world, tenantId, life, oracle, random }, firstDay);
  const context: Checked = { world, people, ...tenant };
  const simulated: Simulated = { violations: [], trace: [], ...noCounts, months };
  const { trace, violations } = simulated;

  const run = async (processes: readonly Process[], meanwhile?: () => Promise<void>): Promise<End[]> => {
    trace.push(`-- ${today}`);
    const ends = await runProcesses(processes, { random, trace, meanwhile });
    const tooSoon = await noneTooSoon(context, { on: today, readOn: watched.readOn() });
    violations.push(...tooSoon, ...watched.violations.splice(0));
    for (const { how, struck, name, error } of ends) {
      simulated.runs += 1;
      if (struck) simulated.faults += 1;
      if (how === 'killed') simulated.killed += 1;
      if (how === 'failed') trace.push(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    return ends;
  };
  const takeBack = () => people.drafts.takeBack();
  const books = withBooks ? booksOf(world, { tenantId, random, run, mutant, takeBack }) : undefined;
  const job = (name: 'night' | 'run', fate?: Fate): Process => ({
    name,
    work: tenant.job(name, `${today}T${name === 'night' ? '04:17' : '06:30'}:00Z`),
    fate,
  });
  /** A job that may be struck; mostly its next try comes on the same day. */
  const unsteady = async (name: 'night' | 'run'): Promise<void> => {
    if (random.chance(0.06)) {
      const stopped: Fate = { at: 1 + random.below(mostOperations[name]), what: 'stopped' };
      // While it stands still the world goes on, and another process knows of it.
      const meanwhile = async (): Promise<void> => {
        life.pass(today);
        await run([job(name)]);
      };
      await run([job(name, stopped), job(name)], meanwhile);
      return;
    }
    const [end] = await run([job(name, fateOf(random, name))]);
    if (end?.how !== 'done' && random.chance(0.7)) await run([job(name)]);
  };
  const steady = async (name: 'night' | 'run'): Promise<void> => {
    const [end] = await run([job(name)]);
    const { error } = end ?? {};
    if (end?.how !== 'done')
      violations.push(`${today}: I12 the ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  };
  const describe = (thing: string): string => {
    const one = oracle.followed.get(thing);
    return one
      ? `; ${one.product} from ${one.startDate}: ${one.seen.map(({ on, quantity, endDate }) => `${on} ${quantity}${endDate ? ` ends ${endDate}` : ''}`).join(', ')}`
      : '';
  };
  const check = async (): Promise<void> => {
    const found = [...(await alwaysTrue(context)), ...((await books?.takenBack()) ?? [])];
    for (const violation of found) violations.push(`${today}: ${violation}`);
  };

  try {
    await people.begin();
    await books?.connect();
    const end = addMonths(firstDay, months);
    let absentUntil = firstNight;
    for (; today < end; today = addDays(today, 1)) {
      machine.dawn(today);
      world.clock.at = new Date(`${today}T03:00:00Z`);
      if (today === firstNight) await steady('night');
      else if (today > absentUntil) {
        const date = today.slice(8);
        if (random.chance(date === '05' ? 0.8 : 0.1)) await unsteady('night');
        if (random.chance(date === '06' ? 0.8 : 0.015)) await unsteady('run');
        if (random.chance(0.005)) absentUntil = addDays(today, 10 + random.below(35));
      }
      life.pass(today);
      await people.act(today);
      if (books && random.chance(0.15)) await books.post();
      if (today.endsWith('-20')) await check();
    }
    // Quiet: nothing strikes any more, and nobody has to do anything.
    today = addDays(monthOf(addDays(end, 20)).end, 4);
    machine.dawn(today);
    await people.act(today);
    await steady('night');
    today = addDays(today, 1);
    await steady('run');
    const until = monthOf(today).start;
    await check();
    violations.push(...(await everyMonth(context, { since: firstDay, until })));
    violations.push(...(await ownLinesBilled(context)));
    const known = { metered: machine.metered, since: firstDay, until };
    for (const violation of await billedAsOwed(context, oracle.owed(known)))
      violations.push(`${violation}${describe(/[\da-f-]{36}(?=:)/.exec(violation)?.[0] ?? '')}`);
    const before = await stateOf(world, tenantId);
    await steady('run');
    violations.push(...changed(before, await stateOf(world, tenantId)));
    await people.drafts.approveAll();
    await books?.settle();
    violations.push(...((await books?.violations()) ?? []));
    await check();
    const { posted = 0, memos = 0, lost = 0 } = books?.counts() ?? {};
    Object.assign(simulated, { posted, memos, lostAnswers: lost, ...people.drafts.counts });
    simulated.approvals = people.drafts.approved.size;
    simulated.corrections = (
      await world.rows('select from billing.invoice_lines where tenant_id = $1 and corrects_period is not null', [
        tenantId,
      ])
    ).length;
  } catch (error) {
    // Nothing but the product can be at fault: without a fault every world comes to its end.
    violations.push(`${today}: the world broke: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await tenant.close();
  }
  return simulated;
};
