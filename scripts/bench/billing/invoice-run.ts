import { silentLog } from '@legendops/kit/testing/silent-log';
import { draftInvoices, periodOf } from '../../../services/billing/src/invoice/draft-invoices.ts';
import { recorded } from '../../../services/billing/src/job/run-job.ts';
import { told } from '../rounds.ts';
import { customers, subscriptionsEach, type BillingWorld } from './billing-world.ts';

const firstWithinMs = 60_000;
const againWithinMs = 30_000;

/** A whole invoice run, read, rated and written draft by draft, without a vendor; then the same run again, which changes nothing. */
export const benchInvoiceRun = async ({ server, database, scope }: BillingWorld): Promise<boolean> => {
  await server.administrator.query(
    `insert into billing.usage_days (tenant_id, day, read_on)
     select '${scope.tenantId}', day::date, '2026-02-05' from generate_series('2026-01-01'::date, '2026-01-31', '1 day') day`,
  );
  const environment = {
    LOG_LEVEL: 'silent' as const,
    TENANT_ID: scope.tenantId,
    TENANT_NAME: 'bench',
    ACCEPT_NEWER_SCHEMA: false,
    DATABASE_SECRET_PATH: '/',
    SERVICE_TOKEN_PATH: '/',
    BILLING_INTERNAL_URL: 'http://127.0.0.1/',
    CURRENCY: 'USD',
    TIME_ZONE: 'UTC',
    DEADLINE_SECONDS: 7_200,
    PERIOD: '2026-01-01',
  };
  const run = async (): Promise<number> => {
    const began = performance.now();
    await recorded(
      { name: 'invoice-run', period: (of, now) => periodOf(of, now).start, work: draftInvoices },
      {
        environment,
        scope,
        database,
        billing: { postApproved: () => Promise.resolve(0) } as never,
        progress: () => undefined,
        log: silentLog,
        now: () => new Date('2026-02-06T06:30:00Z'),
        patience: { wait: async () => false },
      },
    );
    return performance.now() - began;
  };
  const [first, second] = [await run(), await run()];
  const { rows } = await server.administrator.query<{ invoices: string; lines: string }>(
    'select (select count(*) from billing.invoices) as invoices, (select count(*) from billing.invoice_lines) as lines',
  );
  process.stdout.write(
    `billing: invoice run of ${customers} customers with ${subscriptionsEach} subscriptions: ${(first / 1000).toFixed(1)} s for ${rows[0]?.invoices} drafts with ${rows[0]?.lines} lines, target ${firstWithinMs / 1000} s ${told(first <= firstWithinMs)}; again without a change ${(second / 1000).toFixed(1)} s, target ${againWithinMs / 1000} s ${told(second <= againWithinMs)}\n`,
  );
  return first <= firstWithinMs && second <= againWithinMs;
};
