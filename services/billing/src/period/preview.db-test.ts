import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';

let t: DraftWorld;
beforeAll(async () => {
  t = await draftWorld();
});
afterAll(() => t.world.close());

let keys = 0;
const call = (method: string, path: string, body?: unknown, who: object = {}) =>
  t.world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: t.world.tenantId, ...who },
    ...(body !== undefined && { body }),
    headers: { 'idempotency-key': `key-${(keys += 1)}` },
  });
const preview = async () => (await call('GET', 'periods/2026-01-01/preview')).body;
const fabrikam = async () =>
  required(
    (await preview()).data.find(({ customerName }: { customerName: string }) => customerName === 'Fabrikam'),
    'Fabrikam',
  ) as { customerId: string; totalMinor: string };

describe('the preview of a month', () => {
  it('says what its run drafts then, and writes nothing', async () => {
    const before = await preview();
    expect(before).toMatchObject({ approved: 0, totals: [{ currency: 'USD' }] });
    expect(await t.invoices()).toEqual([]);
    const { data } = (await call('GET', `periods/2026-01-01/preview/${(await fabrikam()).customerId}`)).body;
    expect(data.map(({ description }: { description: string }) => description)).toContain(
      '45 at 13.0625 × Productivity Suite, monthly, January 2026',
    );

    await t.draft();
    expect(
      Object.fromEntries(
        before.data.map(({ customerName, totalMinor }: { customerName: string; totalMinor: string }) => [
          customerName,
          totalMinor,
        ]),
      ),
    ).toEqual(await t.totals());
  });

  it('has what persons have changed, and not what is approved', async () => {
    const [row] = await t.world.rows<{ id: string; content_hash: string }>(
      "select id, content_hash from billing.invoices where customer_name = 'Fabrikam'",
    );
    const { id, content_hash: contentHash } = required(row, 'a draft');
    const add = { act: 'add', reason: 'Agreed', description: 'Visit', quantity: '1', unitPrice: '90' };
    const { body } = await call('POST', `invoices/${id}/edits`, { ...add, contentHash });
    expect((await fabrikam()).totalMinor).toBe(body.totalMinor);
    await call('POST', `invoices/${id}/approval`, { contentHash: body.contentHash });
    expect(await preview()).toMatchObject({ approved: 1, data: [{ customerName: 'Tailspin Toys' }] });
  });

  it('is printed and given as a table like any invoice', async () => {
    const [row] = await t.world.rows<{ id: string }>(
      "select id from billing.invoices where customer_name = 'Fabrikam'",
    );
    const answer = await call('GET', `invoices/${row?.id}/csv`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="invoice-draft-2026-01.csv"');
    const pdf = await call('GET', `invoices/${row?.id}/pdf`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await call('GET', `invoices/${t.world.tenantId}/pdf`)).body.code).toBe('invoice.not-found');
  });

  it('is of a month', async () => {
    expect((await call('GET', 'periods/2026-01-02/preview')).body.code).toBe('period.not-found');
  });
});
