import { afterEach, beforeEach, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';

let t: DraftWorld;
beforeEach(async () => {
  t = await draftWorld();
});
afterEach(() => t.world.close());

const told = async () =>
  (
    await t.world.rows<{ code: string; subject_key: string; detail: string }>(
      "select code, subject_key, detail from billing.exceptions where resolved_at is null and code not like 'evidence.%' order by code, subject_key",
    )
  ).map(({ code, subject_key }) => [code, subject_key]);
const unreadEvidence = () =>
  t.world.rows("select from billing.exceptions where resolved_at is null and code = 'evidence.unread'");
const someSubscription = () => required(t.world.account().subscriptions[0], 'a subscription');
const usage = () => required(t.world.account().usage[0], 'usage of the sample account');
const productNames = async () =>
  (
    await t.world.rows<{ product_name: string }>(
      'select distinct product_name from billing.pax8_subscriptions where effective_to is null',
    )
  ).map(({ product_name }) => product_name);
const billed = async () => {
  await t.draft();
  return (await t.totals())['Fabrikam'];
};

it.each(['2026-02-30', '0000-00-00', '2026-13-01'])(
  'a subscription that ends on %s is held alone, and stays as it was',
  async (endDate) => {
    const before = await billed();
    Object.assign(someSubscription(), { endDate });
    await t.sync(7);
    expect(await told()).toEqual([['record.unreadable', `pax8:subscription:${someSubscription().id}`]]);
    expect(await billed()).toBe(before);
  },
);

it('a subscription of fewer seats than none is held alone, and pays nobody', async () => {
  const before = await billed();
  Object.assign(someSubscription(), { quantity: -45 });
  await t.sync(7);
  expect(await told()).toEqual([['record.unreadable', `pax8:subscription:${someSubscription().id}`]]);
  expect(await billed()).toBe(before);
});

it('a name with what no database keeps is kept without it', async () => {
  Object.assign(required(t.world.account().companies[0], 'a company'), { name: 'Fab\0rikam \ud83d' });
  Object.assign(required(t.world.account().products[0], 'a product'), { name: 'Suite\0' });
  Object.assign(someSubscription(), { status: 'Active', productName: 'Backup\0 \ud83d' });
  await t.sync(7);
  expect(await told()).toEqual([]);
  expect(await productNames()).toContain('Backup \ufffd');
});

it('a name that turns around or hides what is read says what it says', async () => {
  Object.assign(someSubscription(), { productName: 'Suite\u202e00.5 fdp\u200b\u2066 \n Pro' });
  await t.sync(7);
  expect(await productNames()).toContain('Suite 00.5 fdp Pro');
});

it('an id that nobody can print names what is held all the same', async () => {
  t.world.account().companies.push({
    ...required(t.world.account().companies[0], 'a company'),
    id: `x\0${'y'.repeat(96)}\ud83d\ude00` as never,
  });
  await t.sync(7);
  expect(await told()).toEqual([['record.unreadable', expect.stringMatching(/^pax8:company:xy{96}/)]]);
});

it('a name longer than an index takes stops nothing', async () => {
  const long = Array.from({ length: 3_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000))).join('');
  Object.assign(usage(), { resourceGroup: long });
  for (const line of usage().lines) Object.assign(line, { unitOfMeasure: long });
  await t.sync(7, '2026-02');
  expect(await told()).toEqual([]);
  expect(await unreadEvidence()).toEqual([]);
});

it('usage of another day than was asked for counts once, and is told', async () => {
  const before = await billed();
  t.world.pax8.setQuirks({ ignoresUsageDate: true });
  await t.sync(7, '2026-02');
  expect(await told()).toContainEqual(['record.unreadable', `pax8:usage line:${usage().id} 2026-01-01`]);
  expect(await billed()).toBe(before);
});

it('a cost that no column holds is told without it, and everybody else is billed', async () => {
  Object.assign(someSubscription(), { quantity: 9_000_000_000, partnerCost: 90_000_000 });
  await t.sync(7);
  await t.draft();
  expect(await t.lastRun()).toMatchObject({ state: 'done' });
  expect(await told()).toEqual([['rating.failed', `subscription:${someSubscription().id}`]]);
  expect(Number((await t.totals())['Tailspin Toys'])).toBeGreaterThan(0);
});
