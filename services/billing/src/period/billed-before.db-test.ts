import { expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { beforeMigration } from '@legendops/kit/testing/before-migration';

it('what was billed before there was a ledger is in it, and the month whose run has stopped is due', async () => {
  const database = await beforeMigration('billing_db', '0018_periods.sql');
  const { administrator } = database;
  const tenant = await aTenant(administrator);
  await aTenant(administrator);
  let fence = 0;
  const run = async (period: string, state: string, finishedAt: string): Promise<string | undefined> =>
    (
      await administrator.query<{ id: string }>(
        `insert into billing.runs (tenant_id, job, period, fence, state, finished_at)
         values ($1, 'invoice-run', $2, $3, $4, $5) returning id`,
        [tenant, period, (fence += 1), state, finishedAt],
      )
    ).rows[0]?.id;
  const done = await run('2025-11-01', 'done', '2025-12-06T06:31:00Z');
  await run('2025-12-01', 'needs-person', '2026-01-06T06:31:00Z');
  await run('2026-01-01', 'done', '2026-02-06T06:31:00Z');
  await run('2026-01-01', 'done', '2026-02-07T06:31:00Z');
  // A run that made its drafts and failed after that.
  const failed = await run('2026-02-01', 'failed', '2026-03-06T06:31:00Z');
  await administrator.query(
    `with customer as (
       insert into billing.customers (tenant_id, id, name, state, entity_version)
         values ($1, app.uuid_v7(), 'Fabrikam', 'active', 1) returning id)
     insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
         content_hash, run_id)
       select $1, id, 'Fabrikam', '2026-02-01', '2026-03-01', 'USD', 1, '', $2 from customer`,
    [tenant, failed],
  );

  await database.migrate();

  const { rows } = await administrator.query(
    'select tenant_id, period::text, state, run_id, run_on::text from billing.periods order by period',
  );
  expect(rows).toEqual([
    { tenant_id: tenant, period: '2025-11-01', state: 'run', run_id: done, run_on: '2025-12-06' },
    { tenant_id: tenant, period: '2026-01-01', state: 'run', run_id: expect.any(String), run_on: '2026-02-06' },
    { tenant_id: tenant, period: '2026-02-01', state: 'run', run_id: failed, run_on: '2026-03-06' },
  ]);
  await database.close();
});
