import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, type BillingWorld } from '../testing/billing-world.ts';
import { draftInvoices } from './draft-invoices.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
  await world.run({ name: 'usage-sync', work: syncFromPax8 });
  await importCustomers(world);
  await addRule({ kind: 'markup', markupPercent: '25' });
});
afterEach(() => world.close());

let rules = 0;
const addRule = (body: object) =>
  world.api.call('POST', '/api/billing/v1/price-rules', {
    actor: { tenantId: world.tenantId },
    body,
    headers: { 'idempotency-key': `rule-${(rules += 1)}` },
  });
const draft = () => world.run({ name: 'invoice-run', work: draftInvoices });
const counts = async (): Promise<Record<string, number> | undefined> =>
  (
    await world.rows<{ counts: Record<string, number> }>(
      "select counts from billing.runs where job = 'invoice-run' order by fence desc limit 1",
    )
  )[0]?.counts;
const invoices = () =>
  world.rows<{ customer_name: string; total_minor: string; status: string }>(
    'select customer_name, total_minor::text, status from billing.invoices order by customer_name',
  );
const openExceptions = async (): Promise<string[]> =>
  (
    await world.rows<{ code: string }>('select code from billing.exceptions where resolved_at is null order by code')
  ).map(({ code }) => code);

describe('invoice-run', () => {
  it('makes one draft a customer, and a second run changes nothing', async () => {
    await draft();
    // 45 × 10.45 × 1.25 = 587.81 and usage of 212.656 × 1.25 = 265.82; the three years of a backup 7 × 67.50 × 1.25.
    expect(await invoices()).toEqual([
      { customer_name: 'Fabrikam', total_minor: '85363', status: 'draft' },
      { customer_name: 'Tailspin Toys', total_minor: '59063', status: 'draft' },
    ]);
    const before = await world.rows(
      'select xmin::text from billing.invoices union all select xmin::text from billing.invoice_lines',
    );
    await draft();
    expect(await counts()).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(
      await world.rows(
        'select xmin::text from billing.invoices union all select xmin::text from billing.invoice_lines',
      ),
    ).toEqual(before);
  });

  it('follows a change of price until a person has approved', async () => {
    await draft();
    await addRule({ kind: 'markup', markupPercent: '50', validFrom: '2026-01-01' });
    await draft();
    expect(await counts()).toMatchObject({ updated: 2 });
    await world.rows(
      "update billing.invoices set status = 'approved', approved_hash = content_hash, approved_at = now()",
    );
    const approved = await invoices();
    await addRule({ kind: 'markup', markupPercent: '75', validFrom: '2025-12-31' });
    await world.rows('delete from billing.price_rules where markup_ppm = 500000');
    await draft();
    expect(await invoices()).toEqual(approved);
    // A price with effect back in time is a person's will: its difference waits for the next invoice.
    expect(await openExceptions()).toEqual(['correction.waiting', 'correction.waiting']);
    // No price is none: what was approved stays as it was priced.
    await world.rows('delete from billing.price_rules');
    await draft();
    expect(await openExceptions()).toEqual([]);
  });

  it('removes the draft of a customer that has nothing to pay any more', async () => {
    await draft();
    await world.rows(
      'delete from billing.pax8_subscriptions; update billing.pax8_usage_lines set superseded_at = now()',
    );
    await draft();
    expect(await invoices()).toEqual([]);
    expect(await counts()).toMatchObject({ removed: 2 });
  });

  it('points at what it could not bill, and stops pointing once it can', async () => {
    await world.rows(
      "delete from billing.price_rules; update billing.customers set state = 'archived' where name = 'Tailspin Toys'",
    );
    await draft();
    expect(await openExceptions()).toEqual(['customer.archived', 'price.missing', 'price.missing']);
    const [first] = await world.rows<{ first_seen_at: string }>(
      'select first_seen_at::text from billing.exceptions order by id',
    );
    await draft();
    expect(
      (
        await world.rows<{ first_seen_at: string }>('select first_seen_at::text from billing.exceptions order by id')
      )[0],
    ).toEqual(first);
    await addRule({ kind: 'markup', markupPercent: '10' });
    await draft();
    expect(await openExceptions()).toEqual(['customer.archived']);
    expect(await world.rows('select id from billing.exceptions where resolved_at is not null')).toHaveLength(2);
  });

  it('keeps drafts that were made before a kill, and carries on', async () => {
    await draft();
    await world
      .run({
        name: 'invoice-run',
        work: async () => {
          throw new Error('killed');
        },
      })
      .catch(() => undefined);
    await draft();
    const runs = await world.rows<{ state: string }>(
      "select state from billing.runs where job = 'invoice-run' order by fence",
    );
    expect(runs.map(({ state }) => state)).toEqual(['done', 'failed', 'done']);
    expect(await invoices()).toHaveLength(2);
  });

  it('cannot be made twice by two runs at once', async () => {
    await Promise.allSettled([draft(), draft(), draft()]);
    await draft();
    expect(await invoices()).toHaveLength(2);
    const doubled = await world.rows(
      'select source_key from billing.invoice_lines group by source_key having count(*) > 1',
    );
    expect(doubled).toEqual([]);
  });
});

describe('the ledger', () => {
  it.each([
    ['update billing.invoices set total_minor = 1', 'posted'],
    ['delete from billing.invoices', 'posted'],
    ['update billing.invoice_lines set amount_minor = 1', 'approved'],
    ['delete from billing.invoice_lines', 'approved'],
  ])('refuses: %s of a %s invoice', async (statement, status) => {
    await draft();
    await world.rows(`update billing.invoices set status = '${status}', approved_hash = content_hash`);
    await expect(world.rows(statement)).rejects.toThrow('never change');
  });
});
