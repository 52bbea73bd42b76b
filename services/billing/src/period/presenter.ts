import type { Money } from '../contract.ts';
import { daysBetween, monthOf } from '../rating/period.ts';
import { presentRun } from '../run/presenter.ts';
import type { BilledPeriod } from './contract.ts';
import type { LedgerMonth } from './ledger.ts';
import type { PeriodFacts, PeriodRow } from './period-rows.ts';
import { nextStepOf, periodActs, type PeriodStanding, type Reader } from './policy.ts';

type Sum = { total: string; currency: string | null };

const moneyOf = (sums: readonly Sum[]): Money[] =>
  sums.flatMap(({ total, currency }) => (currency === null ? [] : [{ amountMinor: total, currency }]));
const countOf = (sums: readonly { count: number }[]): number => sums.reduce((sum, { count }) => sum + count, 0);

type RunOfMonth = PeriodFacts['runs'][number];

const isStopped = (run: RunOfMonth | undefined): run is RunOfMonth =>
  run?.state === 'failed' || run?.state === 'needs-person';

const missingOf = (
  { period, state }: LedgerMonth,
  { read, run }: { read: number; run: RunOfMonth | undefined },
): string | null => {
  if (state !== 'due') return null;
  if (isStopped(run)) return run.detail ?? run.code;
  const { start, end } = monthOf(period);
  const unread = daysBetween(start, end) - read;
  return unread > 0
    ? `${unread} of its ${daysBetween(start, end)} days have not been read since it ended`
    : 'It was not run yet';
};

const statusesOf = (sums: PeriodFacts['invoices']): BilledPeriod['invoices'] =>
  [...new Set(sums.map(({ status }) => status))].map((status) => {
    const ofStatus = sums.filter((one) => one.status === status);
    return { status, count: countOf(ofStatus), totals: moneyOf(ofStatus) };
  });

/** A month with what is known of it. */
export const presentPeriod = (month: LedgerMonth<PeriodRow>, facts: PeriodFacts, actor: Reader): BilledPeriod => {
  const { period, state, row } = month;
  const ofMonth = <Of extends { period: string }>(rows: readonly Of[]): Of[] =>
    rows.filter((one) => one.period === period);
  const [invoices, unbilled, [run]] = [ofMonth(facts.invoices), ofMonth(facts.unbilled), ofMonth(facts.runs)];
  const leftOpen = row?.leftOpen ?? [];
  const standing: PeriodStanding = {
    state,
    isAsked: row != null && row.askedAt !== null,
    invoices: countOf(invoices),
    drafts: countOf(invoices.filter(({ status }) => status === 'draft')),
    unbilled: countOf(unbilled),
    leavesMoney: leftOpen.length > 0,
    newestRun: run?.state,
  };
  return {
    period,
    end: monthOf(period).end,
    state,
    isAsked: standing.isAsked,
    runOn: row?.runOn ?? null,
    runs: run?.runs ?? 0,
    newestRun: run ? presentRun(run) : null,
    invoices: statusesOf(invoices),
    held: { count: countOf(ofMonth(facts.held)), totals: moneyOf(ofMonth(facts.held)) },
    unbilled: { count: standing.unbilled, totals: moneyOf(unbilled) },
    leftOpen,
    skipped: row?.reason && row.decidedAt ? { reason: row.reason, at: row.decidedAt } : null,
    missing: missingOf(month, { read: ofMonth(facts.read)[0]?.days ?? 0, run }),
    nextStep: nextStepOf(actor, standing),
    acts: periodActs(actor, standing),
  };
};
