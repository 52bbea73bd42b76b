import { afterAll, beforeAll, expect, it } from 'vitest';
import { killedAt } from '../testing/killed-job.ts';
import { monthsWorld, type MonthsWorld } from '../testing/months-world.ts';
import { askedRuns, invoiceRuns } from './invoice-runs.ts';

let t: MonthsWorld;
beforeAll(async () => {
  t = await monthsWorld();
  await t.night('2026-01-20');
  await t.importCustomers();
  await t.night('2026-03-05');
});
afterAll(() => t.world.close());

const asNew = () =>
  t.world.rows(`
    delete from billing.exceptions; delete from billing.invoice_lines; delete from billing.invoices;
    delete from billing.periods; delete from billing.runs where job = 'invoice-run';
    insert into billing.periods (tenant_id, period) select id, '2026-01-01' from app.tenants`);
const at = { PERIOD: undefined, SYNC_FROM: undefined, at: '2026-03-06T06:30:00Z' };

it('killed anywhere, before and after each step, the next job does what is left: each month once, none lost', async () => {
  let points = 0;
  for (const when of ['before', 'after'] as const) {
    for (let step = 1; ; step += 1) {
      await asNew();
      let wasKilled = false;
      await t.world.asJob(async (context) => {
        ({ killed: wasKilled } = await killedAt(invoiceRuns, context, { at: step, when }));
      }, at);
      // Half of the time the run of the next month carries on, half of the time the sync of the next night.
      await (step % 2 === 0 ? t.runs('2026-03-07') : t.world.asJob(askedRuns, { ...at, at: '2026-03-07T04:17:00Z' }));
      await t.runs('2026-03-08');
      expect({ when, step, invoices: await t.invoices(), periods: await t.periods() }).toEqual({
        when,
        step,
        invoices: ['2026-01 Fabrikam 85363', '2026-01 Tailspin Toys 59063', '2026-02 Fabrikam 58781'],
        periods: ['2026-01 run', '2026-02 run', '2026-03 due'],
      });
      expect(await t.open()).toEqual([]);
      if (!wasKilled) break;
      points += 1;
    }
  }
  process.stdout.write(`an invoice run of two months was killed at ${points} points\n`);
  expect(points).toBeGreaterThan(40);
}, 600_000);
