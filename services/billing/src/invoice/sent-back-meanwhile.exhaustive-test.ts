import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import { required } from '@legendops/kit/testing/required';
import type { JobContext } from '../job/run-job.ts';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';
import { draftInvoices } from './draft-invoices.ts';

let t: DraftWorld;
beforeEach(async () => {
  t = await draftWorld();
  t.world.clock.at = new Date('2026-02-06T06:00:00Z');
  await t.draft();
});
afterEach(() => t.world.close());

let keys = 0;
const post = (path: string, body: object) =>
  t.world.api.call('POST', `/api/billing/v1/invoices/${path}`, {
    actor: { tenantId: t.world.tenantId },
    body,
    headers: { 'idempotency-key': `key-${(keys += 1)}` },
  });
const fabrikam = async () => {
  const [row] = await t.world.rows<{ id: string; content_hash: string; status: string }>(
    "select id, content_hash, status from billing.invoices where customer_name = 'Fabrikam'",
  );
  return row;
};

const corrections = () =>
  t.world.rows('select corrects_period from billing.invoice_lines where corrects_period is not null');

/** A run to which something happens after it has planned, and before it writes. */
const whileItRuns =
  (happens: () => Promise<unknown>) =>
  (context: JobContext): Promise<Record<string, number>> => {
    let isOver = false;
    const write: JobContext['run']['write'] = async (work) => {
      if (!isOver) {
        isOver = true;
        await happens();
      }
      return context.run.write(work);
    };
    return draftInvoices({ ...context, run: { ...context.run, write } });
  };

it('what becomes a draft again while a run is under way stays, to be approved', async () => {
  const before = await fabrikam();
  await post(`${before?.id}/approval`, { contentHash: before?.content_hash });
  await t.world.run({
    name: 'invoice-run',
    work: whileItRuns(() => post(`${before?.id}/taking-back`, { reason: 'Too early' })),
  });
  expect(await fabrikam()).toEqual(before);
});

it('what becomes a draft again in the same moment is not corrected on another invoice', async () => {
  const { id, content_hash: contentHash } = required(await fabrikam(), 'draft');
  await post(`${id}/approval`, { contentHash });
  required(t.world.account().usage[0], 'usage').lines.forEach((line) => Object.assign(line, { partnerTotal: '1.00' }));
  await t.sync(7, '2026-02');
  const client = await t.world.database.pool('svc_billing').connect();
  try {
    await client.query(
      `begin; set local role app_service; select set_config('app.tenant_id', '${t.world.tenantId}', true)`,
    );
    await client.query(
      `update billing.invoices set status = 'draft', approved_by = null, approved_hash = null, approved_at = null
       where id = $1`,
      [id],
    );
    let isOver = false;
    const run = t.draft('2026-02-01').finally(() => (isOver = true));
    const waits = () =>
      t.world.rows("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
    await eventually('the run waits, or is over', async () => isOver || (await waits()).length > 0);
    await client.query('commit');
    await run.catch(() => undefined);
  } finally {
    client.release(true);
  }
  expect(await corrections()).toEqual([]);
  await t.draft('2026-02-01');
  expect(await corrections()).toEqual([]);
  expect((await fabrikam())?.status).toBe('draft');
});
