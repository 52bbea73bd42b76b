import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';

let t: DraftWorld;
beforeEach(async () => {
  t = await draftWorld();
});
afterEach(() => t.world.close());

const told = async () =>
  (
    await t.world.rows<{ code: string; subject_key: string; amount_minor: string | null }>(
      "select code, subject_key, amount_minor::text from billing.exceptions where resolved_at is null and code not like 'evidence.%' order by code, subject_key",
    )
  ).map(({ code, subject_key, amount_minor }) => [code, subject_key, amount_minor]);
const subscriptions = () =>
  t.world.rows<{ id: string; quantity_e6: string }>(
    'select id, quantity_e6::text from billing.pax8_subscriptions where effective_to is null order by id',
  );
const usage = () => required(t.world.account().usage[0], 'usage of the sample account');
const someSubscription = () => required(t.world.account().subscriptions[0], 'a subscription');
const total = async () => (await t.totals())['Fabrikam'];

describe('a record that cannot be read is held alone', () => {
  it('a usage line of more bytes than a column holds', async () => {
    await t.draft();
    const before = await total();
    usage().lines.push({
      ...required(usage().lines[0], 'a line'),
      productId: '0190f000-0000-4000-8000-0000000000bb',
      quantity: '10995116277760',
    } as never);
    await t.sync(7, '2026-02');
    await t.draft();
    expect(await total()).toBe(before);
    expect(await told()).toEqual([
      [
        'record.unreadable',
        expect.stringContaining(`usage line:${usage().id} 0190f000-0000-4000-8000-0000000000bb`),
        null,
      ],
    ]);
    usage().lines.pop();
    await t.sync(8, '2026-02');
    expect(await told()).toEqual([]);
  });

  it('a subscription, which stays as it was', async () => {
    const before = await subscriptions();
    Object.assign(someSubscription(), { quantity: null });
    await t.sync(7);
    expect(await subscriptions()).toEqual(before);
    expect(await told()).toEqual([['record.unreadable', `pax8:subscription:${someSubscription().id}`, null]]);
  });

  it('a company, and where nobody can say which it is nothing is taken for gone', async () => {
    const count = async () => (await t.world.rows('select from billing.pax8_companies')).length;
    const before = await count();
    const [first] = t.world.account().companies;
    Object.assign(required(first, 'a company'), { id: 7 });
    await t.sync(7);
    expect(await count()).toBe(before);
    expect(await told()).toEqual([['record.unreadable', 'pax8:company:7', null]]);
  });

  it('a price that Pax8 does not say is no reason: nothing is billed by it', async () => {
    Object.assign(someSubscription(), { price: null });
    await t.sync(7);
    expect(await told()).toEqual([]);
  });
});

it('the only usage that disappears is told with its cost, and believed on the next day', async () => {
  await t.draft();
  const before = await total();
  t.world.account().usage.splice(0);
  await t.sync(7, '2026-02');
  await t.draft();
  expect(await total()).toBe(before);
  expect(await told()).toEqual([['usage.withdrawn', expect.stringMatching(/^subscription:/), '21266']]);
  await t.sync(8, '2026-02');
  await t.draft();
  expect(await told()).toEqual([]);
  // 265.82 of usage less.
  expect(Number(before) - Number(await total())).toBe(26_582);
});
