import { required } from '@legendops/kit/testing/required';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';

let t: DraftWorld;
beforeAll(async () => {
  t = await draftWorld();
});
afterAll(() => t.world.close());

it('what is first listed when its months were billed is told with term, seats and amount, and not billed', async () => {
  const { world } = t;
  await t.draft('2025-10-01');
  const suite = required(world.account().subscriptions[0], 'subscription');
  const listed = (name: string, more: object) => ({
    ...structuredClone(suite),
    id: `0190f000-0000-4000-8000-00000000${name}`,
    quantity: 20,
    ...more,
  });
  world
    .account()
    .subscriptions.push(
      listed('aaaa', { billingTerm: 'Annual', startDate: '2026-01-10', partnerCost: 240 }),
      listed('bbbb', { billingTerm: 'Monthly', startDate: '2025-10-10', partnerCost: 20 }),
    );
  await t.sync(20, '2026-05');
  await world.rows("update billing.runs set started_at = '2026-06-01T06:30:00Z' where job = 'usage-sync'");
  await t.draft('2026-05-01');
  const told = await world.rows<{ detail: string; amount: string }>(
    "select detail, amount_minor::text as amount from billing.exceptions where code = 'subscription.late' order by detail",
  );
  expect(told).toEqual([
    {
      detail:
        '20 × Productivity Suite, annual from 2026-01-10, was listed by Pax8 on 2026-05-20 first, when the months before were billed already',
      amount: '600000',
    },
    {
      detail:
        '20 × Productivity Suite, monthly from 2025-10-10, was listed by Pax8 on 2026-05-20 first, when the months before were billed already',
      amount: '335484',
    },
  ]);
  const lines = await world.rows<{ amount_minor: string }>(
    "select amount_minor::text from billing.invoice_lines where source_key like 'subscription:0190f000%'",
  );
  expect(lines).toEqual([{ amount_minor: '50000' }]);
});
