import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { billingWorld, month, type BillingWorld } from '../testing/billing-world.ts';
import { syncFromPax8 } from './sync-from-pax8.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
});
afterEach(() => world.close());

const sync = (day: string) =>
  world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${month}-${day}T06:30:00Z` });
const product = () => required(world.account().products[1], 'product');
const backup = () => required(world.account().subscriptions[1], 'subscription');
const mirrored = () =>
  world.rows(
    `select effective_from::text, listed_on::text, commitment_term, commitment_end::text, commitment_decrease as decrease,
       commitment_cancellation as cancellation, commitment_fee as fee
     from billing.pax8_subscriptions where product_id = $1 order by id, effective_from`,
    [product().id],
  );

const known = {
  commitment_term: '3-Year',
  commitment_end: '2029-01-01',
  decrease: false,
  cancellation: false,
  fee: false,
};
const first = { effective_from: `${month}-01`, listed_on: `${month}-06` };

it('a commitment is mirrored with what it lets go, and the day of the first listing', async () => {
  await sync('06');
  expect(await mirrored()).toEqual([{ ...first, ...known }]);
});

it('what Pax8 does not say is not known, and filled in when it comes: it is no change', async () => {
  const { dependencies } = product();
  delete product().dependencies;
  const { commitmentTerm } = backup();
  delete backup().commitmentTerm;
  await sync('06');
  const nothing = { commitment_term: null, commitment_end: null, decrease: null, cancellation: null, fee: null };
  expect(await mirrored()).toEqual([{ ...first, ...nothing }]);
  backup().commitmentTerm = commitmentTerm;
  await sync('07');
  expect(await mirrored()).toEqual([{ ...first, ...known, decrease: null, cancellation: null, fee: null }]);
  product().dependencies = dependencies;
  await sync('08');
  expect(await mirrored()).toEqual([{ ...first, ...known }]);
});

it('a product that Pax8 has no longer stops nothing: what its commitment lets go is not known', async () => {
  const { id } = product();
  world.account().products.splice(1, 1);
  await sync('06');
  const rows = await world.rows<{ term: string; decrease: boolean | null }>(
    'select commitment_term as term, commitment_decrease as decrease from billing.pax8_subscriptions where product_id = $1',
    [id],
  );
  expect(rows).toEqual([{ term: '3-Year', decrease: null }]);
});

it('the end of a commitment that moved is another version, first listed when the subscription was', async () => {
  await sync('06');
  backup().commitmentTerm = { ...(backup().commitmentTerm as object), endDate: '2032-01-01T00:00:00Z' };
  await sync('10');
  expect(await mirrored()).toEqual([
    { ...first, ...known },
    { ...first, ...known, effective_from: `${month}-10`, commitment_end: '2032-01-01' },
  ]);
});
