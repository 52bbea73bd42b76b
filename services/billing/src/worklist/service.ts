import type { Actor } from '@legendops/kit/auth/actor';
import { minorDigits } from '@legendops/kit/contract/currency';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { presentConnection } from '../connection/presenter.ts';
import type { Money } from '../contract.ts';
import { exceptionKind } from '../exception/exception-kinds.ts';
import { presentException } from '../exception/presenter.ts';
import type { InvoiceSumRow, WaitingInvoiceRow } from '../invoice/invoice-work.ts';
import { nextStepFor } from '../invoice/policy.ts';
import { isLate, withoutUndoneMonths } from '../period/late-month.ts';
import type { OfPeriod, PeriodService } from '../period/service.ts';
import { localDate } from '../rating/period.ts';
import { presentRun } from '../run/presenter.ts';
import type { ExceptionWork, InvoiceWork, Worklist } from './contract.ts';
import type { ExceptionSumRow, SetUpRow, WorklistRows, WorklistStore } from './store.ts';

export interface WorklistService {
  get(scope: Scope, actor: Actor, tenant: OfPeriod['tenant']): Promise<Worklist>;
}

const groupedBy = <Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> => {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
};

// Whole units side by side: 500 yen are more than 4 dollars, and neither is converted.
const inWholeUnits = ({ amountMinor, currency }: Money): number => Number(amountMinor) / 10 ** minorDigits(currency);

const byAmount = (one: Money, other: Money): number =>
  inWholeUnits(other) - inWholeUnits(one) || one.currency.localeCompare(other.currency);

const totalsOf = (rows: readonly { total_minor: string; currency: string | null }[]): Money[] =>
  rows
    .flatMap(({ total_minor: amountMinor, currency }) => (currency === null ? [] : [{ amountMinor, currency }]))
    .toSorted(byAmount);

const countOf = (rows: readonly { count: number }[]): number => rows.reduce((sum, { count }) => sum + count, 0);

const presentWaiting = (row: WaitingInvoiceRow): InvoiceWork['largest'][number] => ({
  id: row.id,
  customerName: row.customer_name,
  periodStart: row.period_start,
  periodEnd: row.period_end,
  currency: row.currency,
  totalMinor: row.total_minor.toString(),
  reason: row.reason,
});

// What may be wrong before what only waits.
const place: Record<InvoiceSumRow['status'], number> = { 'in-doubt': 1, failed: 2, posting: 3, draft: 4, approved: 5 };

const invoiceWork = ({ invoiceSums, invoices }: WorklistRows, actor: Actor): InvoiceWork[] => {
  const sums = [...groupedBy(invoiceSums, ({ status }) => status)];
  return sums
    .toSorted(([one], [other]) => place[one] - place[other])
    .map(([status, rows]) => {
      const largest = invoices.filter((one) => one.status === status).map(presentWaiting);
      return { status, count: countOf(rows), totals: totalsOf(rows), nextStep: nextStepFor(actor, status), largest };
    });
};

const customersOf = (rows: readonly ExceptionSumRow[]): number =>
  new Set(rows.flatMap(({ customers }) => customers ?? [])).size;

// Kinds with the most money first, in the currency in which they have the most; of no known amount last, by number.
const mostMoneyFirst = (one: ExceptionWork, other: ExceptionWork): number => {
  const [a, b] = [one.totals[0], other.totals[0]];
  if (a && b) return byAmount(a, b) || other.count - one.count;
  if (a ?? b) return a ? -1 : 1;
  return other.count - one.count || one.code.localeCompare(other.code);
};

const exceptionWork = ({ exceptionSums, exceptions }: WorklistRows, actor: Actor): ExceptionWork[] =>
  [...groupedBy(exceptionSums, ({ code }) => code)]
    .map(([code, rows]) => ({
      code,
      title: exceptionKind(code).title,
      isBilled: exceptionKind(code).isBilled,
      count: countOf(rows),
      customers: customersOf(rows),
      totals: totalsOf(rows),
      largest: exceptions.filter((one) => one.code === code).map((row) => presentException(row, actor)),
    }))
    .toSorted(mostMoneyFirst);

const presentSetUp = (row: SetUpRow | undefined): Worklist['setUp'] => ({
  customers: row?.customers ?? 0,
  priceRules: row?.price_rules ?? 0,
  usageSyncedAt: row?.usage_synced_at ?? null,
  invoicedAt: row?.invoiced_at ?? null,
  invoicedPeriod: row?.invoiced_period ?? null,
});

export const worklistService = ({
  store,
  periods,
  now,
}: {
  store: WorklistStore;
  periods: Pick<PeriodService, 'all'>;
  now: () => Date;
}): WorklistService => ({
  get: async (scope, actor, tenant) => {
    const [rows, months] = await Promise.all([store.read(scope), periods.all(scope, actor, tenant)]);
    return {
      connections: rows.connections.map(presentConnection),
      invoices: invoiceWork(rows, actor),
      exceptions: exceptionWork(rows, actor),
      periods: months.filter((month) => isLate(month, localDate(now(), tenant.timeZone))).toReversed(),
      stoppedRuns: withoutUndoneMonths(rows.stoppedRuns, months).map(presentRun),
      setUp: presentSetUp(rows.setUp),
    };
  },
});
