import { afterEach, beforeEach, expect, it } from 'vitest';
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
