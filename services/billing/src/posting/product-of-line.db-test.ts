import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { required } from '@legendops/kit/testing/required';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';
import { postingStore } from './store.ts';

let t: DraftWorld;
beforeAll(async () => {
  t = await draftWorld();
});
afterAll(() => t.world.close());

const productNamed = (name: string): string =>
  required(
    t.world.account().products.find((one) => one.name === name),
    name,
  ).id;
const idOf = async (period: string): Promise<string> => {
  const [row] = await t.world.rows<{ id: string }>(
    "select id from billing.invoices where customer_name = 'Fabrikam' and period_start = $1",
    [period],
  );
  return required(row, period).id;
};
/** What each line of an invoice is for, by its first word and its product: by that its item and its tax follow. */
const products = async (period: string) => {
  const pool = t.world.database.pool('svc_billing');
  const store = postingStore(serviceDatabase(pool), platformDatabase(pool));
  const lines = await store.lines({ tenantId: t.world.tenantId }, await idOf(period));
  return lines.map(({ description, product_id }) => [description.split(',')[0], product_id]);
};

describe('the product of a line', () => {
  it('is that of what it corrects, so that a credit is taxed as what it takes back', async () => {
    await t.draft();
    await t.approve('Fabrikam');
    const line = required(t.world.account().usage[0]?.lines[0], 'a line of usage');
    Object.assign(line, { partnerTotal: '1.00' });
    required(t.world.account().subscriptions[0], 'seats').quantity = 44;
    await t.sync(6, '2026-02');
    await t.world.rows(
      "update billing.pax8_subscriptions set quantity_e6 = 44000000 where product_name = 'Productivity Suite'",
    );
    await t.draft('2026-02-01');
    const [cloud, suite] = [productNamed('Cloud consumption'), productNamed('Productivity Suite')];
    expect(await products('2026-02-01')).toEqual([
      ['Productivity Suite', suite],
      ['Correction of January 2026: Productivity Suite', suite],
      ['Correction of January 2026: Compute hours', cloud],
    ]);
  });

  it('is the one that was had in its days, whatever took its place since', async () => {
    const [suite, backup] = [productNamed('Productivity Suite'), productNamed('Backup per device')];
    await t.draft('2026-03-01');
    required(t.world.account().subscriptions[0], 'seats').productId = backup;
    await t.sync(6, '2026-05');
    expect((await products('2026-03-01'))[0]).toEqual(['Productivity Suite', suite]);
    await t.draft('2026-05-01');
    expect(await products('2026-05-01')).toEqual([
      ['Productivity Suite', suite],
      ['Backup per device', backup],
    ]);
  });
});
