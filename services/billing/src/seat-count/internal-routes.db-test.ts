import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, importCustomers, type BillingWorld } from '../testing/billing-world.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
  await world.connectPax8();
  await world.run({ name: 'usage-sync', work: syncFromPax8 });
  await importCustomers(world);
});
afterAll(() => world.close());

const ask = async (path: string, { serviceAccount = 'portal', tenant = world.tenantId } = {}) =>
  world.internal.call('GET', `/internal/v1/tenants/${tenant}/${path}`, {
    token: await world.internal.tokens.serviceToken({
      namespace: 'legendops',
      serviceAccount,
      audience: 'legendops-billing',
    }),
  });

it('portal is told the seats of a month, those of today’s where none is named, and when Pax8 was read', async () => {
  world.clock.at = new Date('2026-02-10T12:00:00Z');
  const { body } = await ask('pax8-seats?month=2026-01-15');
  expect(body).toMatchObject({ until: '2026-02-01', unreadable: 0 });
  expect(body.readAt).toMatch(/^2026-/);
  const bought = world.account().subscriptions.filter(({ billingTerm }) => billingTerm !== 'Activation');
  expect(body.data.map(({ steps }: { steps: unknown[] }) => steps.length)).toEqual(bought.map(() => 1));
  expect((await ask('pax8-seats')).body.until).toBe('2026-02-11');
  expect((await ask('pax8-seats?month=2026-03-01')).body.data).toEqual([]);
});

it('and of an exception whose it is and what it says, while it is open', async () => {
  const [row] = await world.rows<{ id: string }>(
    `insert into billing.exceptions (tenant_id, subject_key, code, detail, next_step) values ($1, 'x', 'price.missing', 'No price', 'Set one')
     returning id`,
    [world.tenantId],
  );
  const path = `exceptions/${row?.id}`;
  expect((await ask(path)).body).toEqual({ id: row?.id, customerId: null, detail: 'No price' });
  await world.rows('update billing.exceptions set resolved_at = now()');
  expect(await ask(path)).toMatchObject({ status: 404, body: { code: 'exception.not-found' } });
});

it('nobody else is told, and of no tenant that is none', async () => {
  for (const path of ['pax8-seats', 'exceptions/0190e000-0000-7000-8000-000000000001'])
    expect((await ask(path, { serviceAccount: 'catalog' })).status).toBe(403);
  expect((await ask('pax8-seats', { tenant: '0190e000-0000-7000-8000-000000000001' })).status).toBe(401);
});
