import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays, addMonths } from '../rating/period.ts';
import { killedAt } from '../testing/killed-job.ts';
import { monthsWorld, type MonthsWorld } from '../testing/months-world.ts';
import { invoiceRuns } from './invoice-runs.ts';

let t: MonthsWorld;
beforeEach(async () => {
  t = await monthsWorld();
});
afterEach(() => t.world.close());

type Event = 'night' | 'run' | 'killed' | 'refused' | 'import' | 'skip' | 'again' | 'approve';
const happenings = fc.array(
  fc.record({
    what: fc.constantFrom<Event>(
      'night',
      'night',
      'run',
      'run',
      'killed',
      'refused',
      'import',
      'skip',
      'again',
      'approve',
    ),
    days: fc.integer({ min: 0, max: 45 }),
    at: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 45, maxLength: 45 },
);
const first = '2026-01-01';
const seeds = [1, 2, 3];

const happen = async ({ what, at }: { what: Event; at: number }, day: string): Promise<void> => {
  t.world.clock.at = new Date(`${day}T12:00:00Z`);
  const months = (await t.call('GET', 'periods')).body.data as { period: string }[];
  const month = months[at % Math.max(1, months.length)]?.period ?? first;
  const orStopped = (work: Promise<unknown>) => work.catch(() => undefined);
  if (what === 'night') await orStopped(t.night(day));
  if (what === 'run') await orStopped(t.runs(day));
  if (what === 'killed')
    await orStopped(
      t.world.asJob(
        async (context) => void (await killedAt(invoiceRuns, context, { at, when: at % 2 === 0 ? 'before' : 'after' })),
        {
          PERIOD: undefined,
          SYNC_FROM: undefined,
          at: `${day}T06:30:00Z`,
        },
      ),
    );
  if (what === 'refused') {
    t.world.pax8.faults.add([{ match: { path: '/v1/usage-summaries' }, fault: { status: 403 } }]);
    await orStopped(t.night(day));
    t.world.pax8.faults.clear();
  }
  if (what === 'import') await t.importCustomers();
  if (what === 'skip') await t.call('POST', `periods/${month}/skip`, { reason: 'By hand' });
  if (what === 'again') await t.call('POST', `periods/${month}/run`);
  if (what === 'approve')
    await t.world.rows(
      "update billing.invoices set status = 'approved', approved_hash = content_hash where status = 'draft' and period_start = $1",
      [month],
    );
};

/** What became of Fabrikam's month, which uses the same in each. */
const fate = async (month: string): Promise<string> => {
  const [row] = await t.world.rows<{ state: string; billed: string; told: number; left: number }>(
    `select p.state, (select sum(i.total_minor)::text from billing.invoices i where i.period_start = p.period and i.customer_name = 'Fabrikam') as billed,
       (select count(*)::integer from billing.exceptions e where e.period = p.period and e.resolved_at is null and e.amount_minor > 0) as told,
       jsonb_array_length(p.left_open) as left
     from billing.periods p where p.period = $1`,
    [month],
  );
  if (!row) return 'lost';
  if (row.billed !== null) return row.state === 'skipped' ? 'skipped and billed' : `billed ${row.billed}`;
  if (row.state === 'skipped') return row.left > 0 && row.told > 0 ? 'told' : 'skipped without a word';
  return row.state === 'due' || row.told === 0 ? `${row.state} without a word` : 'told';
};

it.each(seeds)(
  'over years in which runs stop, die and never come, every month is billed once or told (seed %i)',
  async (seed) => {
    const [events = []] = fc.sample(happenings, { numRuns: 1, seed });
    // Years of nights in a minute.
    t.world.pax8.setQuirks({ callsPerMinute: 1_000_000 });
    let day = '2026-01-20';
    await t.night(day);
    for (const event of events) {
      day = addDays(day, event.days);
      await happen(event, day);
    }
    day = addDays(day, 40);
    await t.night(day);
    await t.runs(day);
    // Where the first run came in January already, the ledger begins before what is used.
    const months = (await t.periods()).map((month) => `${month.slice(0, 7)}-01`);
    expect(months).toEqual(months.map((_, n) => addMonths(months[0] ?? first, n)));
    const used = months.slice(0, -1).filter((month) => month >= first);
    const fates = new Map<string, string>();
    for (const month of used) fates.set(month, await fate(month));
    const told = [...fates.values()].filter((one) => one === 'told').length;
    process.stdout.write(`seed ${seed}: ${used.length} months to ${day}, ${told} told\n`);
    expect(used[0]).toBe(first);
    for (const [month, one] of fates)
      expect([month, one]).toEqual([
        month,
        expect.stringMatching(month === first ? /^(billed 85363|told)$/ : /^(billed 58781|told)$/),
      ]);
    expect(
      await t.world.rows('select source_key from billing.invoice_lines group by source_key having count(*) > 1'),
    ).toEqual([]);
  },
  600_000,
);
