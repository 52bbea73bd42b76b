import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthOf } from '../rating/period.ts';
import { lastOver, ledgerAt, monthIn, monthsOfRuns, type LedgerRow } from './ledger.ts';

const row = (period: string, state: LedgerRow['state'] = 'due', runOn: string | null = null): LedgerRow => ({
  period,
  state,
  runOn,
});
const run = (period: string, runOn = addMonths(`${period.slice(0, 7)}-06`, 1)): LedgerRow => row(period, 'run', runOn);
const statesOf = (rows: LedgerRow[], today: string): string[] =>
  ledgerAt(rows, today).map(({ period, state }) => `${period.slice(0, 7)} ${state}`);
const runsOf = (rows: LedgerRow[], today: string) => monthsOfRuns(ledgerAt(rows, today), today);

describe('the ledger', () => {
  it.each<[string, LedgerRow[], string, string[]]>([
    ['is empty before its first month', [], '2026-02-06', []],
    ['has the month that is not over as open', [row('2026-02-01')], '2026-02-28', ['2026-02 open']],
    ['has it as due on the first day after it', [row('2026-02-01')], '2026-03-01', ['2026-02 due', '2026-03 open']],
    [
      'has every month since its first, also those of which nobody has written',
      [row('2026-01-01', 'closed', '2026-02-06'), run('2026-04-01')],
      '2026-05-31',
      ['2026-01 closed', '2026-02 due', '2026-03 due', '2026-04 run', '2026-05 open'],
    ],
    ['goes over the end of a year', [run('2026-11-01')], '2027-01-06', ['2026-11 run', '2026-12 due', '2027-01 open']],
    [
      'keeps what a person has skipped',
      [row('2026-01-01', 'skipped')],
      '2026-02-06',
      ['2026-01 skipped', '2026-02 open'],
    ],
  ])('%s', (_title, rows, today, expected) => {
    expect(statesOf(rows, today)).toEqual(expected);
  });

  it('finds the month of a date', () => {
    const ledger = ledgerAt([row('2026-01-01')], '2026-03-01');
    expect(monthIn(ledger, '2026-02-28')?.period).toBe('2026-02-01');
    expect(monthIn(ledger, '2025-12-31')).toBeUndefined();
  });
});

describe('the runs of a day', () => {
  it.each<[string, LedgerRow[], string, Partial<ReturnType<typeof runsOf>>]>([
    [
      'are for what was missed, oldest first',
      [row('2026-01-01'), row('2026-02-01')],
      '2026-03-06',
      { due: ['2026-01-01', '2026-02-01'], again: [] },
    ],
    [
      'look again at what was run',
      [run('2026-01-01'), run('2026-02-01'), run('2026-03-01')],
      '2026-05-06',
      { due: ['2026-04-01'], again: ['2026-01-01', '2026-02-01', '2026-03-01'], closing: [] },
    ],
    [
      'look for the last time when four months have ended since',
      [run('2026-01-01'), run('2026-02-01')],
      '2026-06-06',
      { again: ['2026-01-01', '2026-02-01'], closing: ['2026-01-01'] },
    ],
    [
      'give a month that was run late the same time',
      [run('2026-01-01', '2026-09-06')],
      '2026-12-31',
      { again: ['2026-01-01'], closing: [] },
    ],
    ['and close it after that', [run('2026-01-01', '2026-09-06')], '2027-01-01', { closing: ['2026-01-01'] }],
    [
      'leave alone what is skipped or closed',
      [row('2026-01-01', 'skipped'), row('2026-02-01', 'closed', '2026-03-06')],
      '2026-03-06',
      { due: [], again: [] },
    ],
  ])('%s', (_title, rows, today, expected) => {
    expect(runsOf(rows, today)).toMatchObject(expected);
  });
});

// Years of months in which runs finish, stop half-way or never come, and a person skips, takes back and asks again.
type Event = { days: number; what: 'run' | 'stops' | 'skip' | 'again'; at: number };
const events = fc.array(
  fc.record({
    days: fc.integer({ min: 0, max: 100 }),
    what: fc.constantFrom<Event['what'][]>('run', 'run', 'stops', 'skip', 'again'),
    at: fc.nat(1_000),
  }),
  { maxLength: 60 },
);

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const finish = (rows: Map<string, LedgerRow>, period: string, today: string): void => {
  const before = rows.get(period);
  rows.set(period, { ...run(period, before?.state === 'run' ? (before.runOn ?? today) : today) });
};

/** What a process does: it may stop after some of its months. */
const carryOut = (rows: Map<string, LedgerRow>, today: string, most: number): string[] => {
  const { due, closing } = monthsOfRuns(ledgerAt([...rows.values()], today), today);
  for (const period of due.slice(0, most)) finish(rows, period, today);
  if (most >= due.length) for (const period of closing) rows.set(period, { ...run(period), state: 'closed' });
  return due;
};

describe('over years', () => {
  it('no month is ever neither waiting, run, skipped nor closed, and one run that finishes leaves none waiting', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
        events,
        (begin, happened) => {
          let today = begin.toISOString().slice(0, 10);
          const first = monthOf(today).start;
          const rows = new Map([[first, row(first)]]);
          for (const { days, what, at } of happened) {
            today = dayAfter(today, days);
            const ledger = ledgerAt([...rows.values()], today);
            const over = ledger.filter(({ state }) => state !== 'open');
            const one = over[at % Math.max(1, over.length)];
            if (what === 'run') {
              carryOut(rows, today, Infinity);
              expect(monthsOfRuns(ledgerAt([...rows.values()], today), today).due).toEqual([]);
            } else if (what === 'stops') {
              const due = carryOut(rows, today, at % 3);
              expect(due).toEqual(due.toSorted());
            } else if (one !== undefined && what === 'skip' && one.state === 'due')
              rows.set(one.period, row(one.period, 'skipped'));
            else if (one !== undefined && what === 'again' && (one.state === 'skipped' || one.state === 'closed'))
              rows.set(one.period, row(one.period));

            const now = ledgerAt([...rows.values()], today);
            const { due, again, closing } = monthsOfRuns(now, today);
            // Every month since the first one, once, up to that of today.
            expect(now.map(({ period }) => period)).toEqual(now.map((_, n) => addMonths(first, n)));
            expect(now.at(-1)?.period).toBe(monthOf(today).start);
            const told = now.filter(({ state }) => state === 'skipped' || state === 'closed' || state === 'open');
            expect([...due, ...again, ...told.map(({ period }) => period)].toSorted()).toEqual(
              now.map(({ period }) => period),
            );
            // What nothing will look at again was looked at until months after its end.
            for (const period of closing) expect(addMonths(period, 3) < lastOver(today)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
