import { afterAll, beforeAll, expect, it } from 'vitest';
import { InvoiceDetail } from '../contract.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, type BillingWorld } from '../testing/billing-world.ts';
import { draftInvoices } from './draft-invoices.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world.close());

it('an invoice whose cost Pax8 does not say is shown without one, and can be approved', async () => {
  const actor = { tenantId: world.tenantId };
  const call = (method: string, path: string, body?: unknown) =>
    world.api.call(method, `/api/billing/v1/${path}`, {
      actor,
      ...(body !== undefined && { body }),
      headers: { 'idempotency-key': path.replaceAll('/', '-') },
    });
  await world.connectPax8();
  await world.run({ name: 'usage-sync', work: syncFromPax8 });
  await importCustomers(world);
  await call('POST', 'price-rules', { kind: 'fixed', unitPrice: '30.00', currency: 'USD' });
  await world.rows('update billing.pax8_subscriptions set cost_e8 = null');
  await world.run({ name: 'invoice-run', work: draftInvoices });

  const [{ id, contentHash }] = (await call('GET', 'invoices')).body.data;
  const shown = InvoiceDetail.parse((await call('GET', `invoices/${id}`)).body);
  expect(shown.lines.map(({ costMinor }) => costMinor)).toContain(null);
  const approved = InvoiceDetail.parse((await call('POST', `invoices/${id}/approval`, { contentHash })).body);
  expect(approved.status).toBe('approved');
});
