import type { WayOut } from '../contract.ts';
import { vendors } from '../connection/vendors.ts';
import { exceptionKind } from '../exception/exception-kinds.ts';
import { nextStepFor } from '../invoice/policy.ts';
import type { BilledPeriod } from '../period/contract.ts';
import { isLate, withoutUndoneMonths } from '../period/late-month.ts';
import type { RunRow } from '../run/run-row.ts';
import { amountIn, type Cause } from './notice-row.ts';
import { kindOfException } from './notice-kinds.ts';
import type { GroupRow, Standing, WaitingRow } from './standing.ts';

// Whose next steps are written down: whoever may take them.
export const reader = { role: 'tenant_admin' } as const;

const aboutNoMoney = { customerName: null, period: null, amount: null } as const;

const jobNames: Record<RunRow['job'], string> = {
  'usage-sync': 'Reading usage from Pax8',
  'invoice-run': 'The invoice run',
  reconcile: 'The reconciliation',
};

const pathOf: Record<
  WayOut,
  (of: { customerId: string | null; invoiceId: string | null; period: string | null }) => string
> = {
  prices: () => '/prices',
  import: () => '/customers',
  customer: ({ customerId }) => (customerId === null ? '/customers' : `/customers/${customerId}`),
  connections: () => '/connections',
  periods: () => '/periods',
  links: () => '/links',
  invoice: ({ invoiceId }) => (invoiceId === null ? '/invoices' : `/invoices/${invoiceId}`),
  reconciliation: ({ period }) => (period === null ? '/reconciliation' : `/reconciliation?month=${period}`),
};

const ofConnections = ({ connections, teamsFailure }: Standing): Cause[] => [
  ...connections.map(({ vendor, state, account, failure }): Cause => ({
    ...aboutNoMoney,
    key: `connection:${vendor}:${account}:${state}`,
    kind: 'connection',
    title: `${vendors[vendor].name} is to be connected again`,
    detail: failure ?? vendors[vendor].refused,
    nextStep: `Press “Connect ${vendors[vendor].name}” under “Connections”`,
    path: '/connections',
  })),
  ...(teamsFailure === undefined
    ? []
    : [
        {
          ...aboutNoMoney,
          key: 'teams',
          kind: 'connection' as const,
          title: 'Teams does not take notices',
          detail: teamsFailure,
          nextStep: 'Make a new workflow in Teams and press “Connect Teams” under “Notices”',
          path: '/notices',
        },
      ]),
];

const ofRuns = (runs: readonly RunRow[]): Cause[] =>
  runs.map(({ job, period, code, detail, state }) => ({
    ...aboutNoMoney,
    key: `run:${job}:${job === 'usage-sync' ? '' : (period ?? '')}:${code ?? state}`,
    kind: 'failure',
    title: `${jobNames[job]} stopped`,
    period: job === 'usage-sync' ? null : period,
    detail: detail ?? code ?? 'It did not say why',
    nextStep:
      state === 'failed'
        ? 'It is tried again at its next time, and nothing is billed twice; look whether that run is done'
        : 'Put right what it says; its next run takes it up',
    path: '/runs',
  }));

const ofExceptions = ({ exceptions }: Standing): Cause[] =>
  exceptions.map((row) => {
    const { title, wayOut } = exceptionKind(row.code);
    const of = { customerId: row.customer_id, invoiceId: row.invoice_id, period: row.period };
    return {
      key: `exception:${row.id}`,
      kind: kindOfException(row.code),
      title,
      customerName: row.customer_name,
      period: row.period,
      amount: amountIn(row),
      detail: row.detail,
      nextStep: row.next_step,
      path: wayOut === null ? `/exceptions?code=${row.code}` : pathOf[wayOut](of),
    };
  });

const moneyOf = ({ total_minor, currency }: GroupRow) => ({ minor: BigInt(total_minor), currency });
const countOf = ({ count }: GroupRow): string => (count === 1 ? 'One invoice' : `${count} invoices`);

const ofDrafts = ({ drafts }: Standing): Cause[] =>
  drafts.map((row) => ({
    key: `approval:${row.period ?? ''}:${row.currency}`,
    kind: 'approval',
    title: 'Invoices await approval',
    customerName: row.customer_name,
    period: row.period,
    amount: moneyOf(row),
    detail: `${countOf(row)} of the month ${row.count === 1 ? 'waits' : 'wait'} for a person`,
    nextStep: 'Check the drafts and press “Approve” under “Invoices”',
    path: '/invoices?status=draft',
  }));

const ofInvoice = (row: WaitingRow) => ({
  customerName: row.customer_name,
  period: row.period_start,
  amount: { minor: row.total_minor, currency: row.currency },
  path: `/invoices/${row.id}`,
});

const ofWaiting = ({ waiting }: Standing): Cause[] =>
  waiting.map((row) => {
    if (row.status === 'draft')
      return {
        ...ofInvoice(row),
        key: `approval-second:${row.id}:${row.content_hash}`,
        kind: 'approval',
        title: 'A second person approves',
        detail: `${row.reason ?? 'Somebody'} has approved it, and its amount needs another person`,
        nextStep: 'Check it and press “Approve”',
      };
    return {
      ...ofInvoice(row),
      key: `posting:${row.id}:${row.status}`,
      kind: 'failure',
      title: row.status === 'failed' ? 'Not posted to QuickBooks' : 'In doubt at QuickBooks',
      detail: row.reason ?? 'QuickBooks did not say why',
      nextStep: nextStepFor(reader, row.status),
    };
  });

const ofHanging = ({ hanging }: Standing): Cause[] =>
  hanging.map((row) => ({
    key: `posting:hanging:${row.currency}`,
    kind: 'failure',
    title: 'Still on its way to QuickBooks',
    customerName: row.customer_name,
    period: null,
    amount: moneyOf(row),
    detail: `${countOf(row)} cannot be posted at the moment; what is on its way is never sent twice`,
    nextStep: nextStepFor(reader, 'posting'),
    path: '/invoices?status=posting',
  }));

const ofMonths = (months: readonly BilledPeriod[], today: string): Cause[] =>
  months
    .filter((month) => isLate(month, today))
    .map(({ period, missing, nextStep }) => ({
      ...aboutNoMoney,
      key: `month:${period}`,
      kind: 'month',
      title: 'A month is not billed',
      period,
      detail: missing ?? 'It was not run yet',
      nextStep: nextStep ?? 'Press “Run” under “Periods”',
      path: '/periods',
    }));

/** Everything that people have to be told of now, each cause once. */
export const causesOf = (
  standing: Standing,
  { months, today }: { months: readonly BilledPeriod[]; today: string },
): Cause[] => [
  ...ofConnections(standing),
  ...ofMonths(months, today),
  ...ofRuns(withoutUndoneMonths(standing.stoppedRuns, months)),
  ...ofWaiting(standing),
  ...ofHanging(standing),
  ...ofExceptions(standing),
  ...ofDrafts(standing),
];
