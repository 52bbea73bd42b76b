import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billingWorld, month, type BillingWorld } from '../testing/billing-world.ts';
import { syncFromPax8 } from './sync-from-pax8.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
});
afterEach(() => world.close());

const sync = (day = 6) =>
  world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${month}-${String(day).padStart(2, '0')}T06:30:00Z` });
const account = () => world.account();
const suite = () => required(account().subscriptions[0], 'subscription');
const versions = async () =>
  (
    await world.rows<{ effective_from: string; effective_to: string | null; quantity_e6: string }>(
      `select effective_from::text, effective_to::text, quantity_e6::text from billing.pax8_subscriptions
       where product_name = 'Productivity Suite' order by effective_from`,
    )
  ).map(({ effective_from, effective_to, quantity_e6 }) => [effective_from, effective_to, Number(quantity_e6) / 1e6]);
const lastRun = async () =>
  (
    await world.rows<{ state: string; code: string | null; counts: Record<string, number> }>(
      'select state, code, counts from billing.runs order by fence desc limit 1',
    )
  )[0];
const currentUsage = () =>
  world.rows<{ usage_date: string; quantity_e6: string }>(
    `select usage_date::text, quantity_e6::text from billing.pax8_usage_lines where superseded_at is null
     order by usage_date, quantity_e6`,
  );

describe('the versions of a subscription', () => {
  it('keep what held before a change, and of several changes in a day the last', async () => {
    await sync(6);
    suite().quantity = 50;
    await sync(16);
    suite().quantity = 48;
    await sync(16);
    await sync(17);
    expect(await versions()).toEqual([
      [`${month}-01`, `${month}-16`, 45],
      [`${month}-16`, null, 48],
    ]);
  });

  it('end when Pax8 no longer lists it, and go on when it is back', async () => {
    await sync(6);
    const gone = account().subscriptions.shift();
    await sync(10);
    expect(await versions()).toEqual([[`${month}-01`, `${month}-10`, 45]]);
    if (gone) account().subscriptions.unshift(gone);
    await sync(10);
    await sync(12);
    expect(await versions()).toEqual([
      [`${month}-01`, `${month}-10`, 45],
      [`${month}-10`, null, 45],
    ]);
  });

  it('of what is to start later are known from the day of the order, and end with it', async () => {
    await sync(6);
    const later = { ...structuredClone(suite()), id: '0190f000-0000-4000-8000-00000000aaaa', startDate: `${month}-20` };
    const laterVersions = () =>
      world.rows<object>(
        `select effective_from::text, effective_to::text from billing.pax8_subscriptions where id = $1 order by 1`,
        [later.id],
      );
    account().subscriptions.push(later);
    await sync(7);
    expect(await laterVersions()).toEqual([{ effective_from: `${month}-07`, effective_to: null }]);
    account().subscriptions.pop();
    await sync(8);
    account().subscriptions.push(later);
    await sync(9);
    expect(await laterVersions()).toEqual([
      { effective_from: `${month}-07`, effective_to: `${month}-08` },
      { effective_from: `${month}-09`, effective_to: null },
    ]);
  });

  it('come back on the day on which they went as what they are then', async () => {
    await sync(6);
    suite().quantity = 50;
    await sync(10);
    const gone = account().subscriptions.shift();
    await sync(10);
    if (gone) account().subscriptions.unshift({ ...gone, quantity: 60 });
    await sync(10);
    expect((await versions()).at(-1)).toEqual([`${month}-10`, null, 60]);
  });

  it('have a cost that comes later filled in: it is no change of theirs', async () => {
    const { partnerCost } = suite();
    Object.assign(suite(), { partnerCost: undefined });
    await sync(6);
    Object.assign(suite(), { partnerCost });
    await sync(9);
    expect(
      await world.rows(
        "select effective_from::text, cost_e8::text from billing.pax8_subscriptions where product_name = 'Productivity Suite'",
      ),
    ).toEqual([{ effective_from: `${month}-01`, cost_e8: '104500000000' }]);
  });

  it('know no cost where Pax8 says none', async () => {
    Object.assign(suite(), { partnerCost: undefined });
    await sync();
    expect(
      await world.rows("select cost_e8 from billing.pax8_subscriptions where product_name = 'Productivity Suite'"),
    ).toEqual([{ cost_e8: null }]);
  });
});

describe('an empty list', () => {
  it.each<['companies' | 'subscriptions']>([['companies'], ['subscriptions']])(
    'of %s where there were some is no data: nothing changes, and a person looks',
    async (what) => {
      await sync();
      const before = await world.rows(
        'select id from billing.pax8_companies union all select id from billing.pax8_subscriptions',
      );
      account()[what].length = 0;
      await expect(sync()).rejects.toThrow(`no ${what}`);
      expect(await lastRun()).toMatchObject({ state: 'needs-person', code: 'pax8.empty' });
      expect(
        await world.rows(
          'select id from billing.pax8_companies union all select id from billing.pax8_subscriptions where effective_to is null',
        ),
      ).toHaveLength(before.length);
    },
  );

  it('is believed on a second day: the last customer may have left', async () => {
    await sync(6);
    account().subscriptions.length = 0;
    const emptyOn = async (day: string) => {
      await world.rows(
        "update billing.runs set started_at = '2026-01-06T06:30:00Z' where state = 'done'; update billing.runs set started_at = '2026-01-07T06:30:00Z' where state <> 'done'",
      );
      await sync(Number(day));
    };
    await expect(emptyOn('07')).rejects.toThrow('no subscriptions');
    await expect(emptyOn('07')).rejects.toThrow('no subscriptions');
    await emptyOn('08');
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { subscriptions: 0 } });
    expect(await versions()).toEqual([[`${month}-01`, `${month}-08`, 45]]);
  });

  it('is what a new partner has', async () => {
    for (const what of ['subscriptions', 'companies'] as const) account()[what].length = 0;
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done' });
  });
});

describe('usage', () => {
  const summary = () => required(account().usage[0], 'usage');

  it('that comes again under a new summary counts once', async () => {
    await sync();
    const before = await currentUsage();
    summary().id = '0190f000-0000-4000-8000-00000000abcd';
    await sync();
    expect(await currentUsage()).toEqual(before);
    expect(await lastRun()).toMatchObject({ counts: { added: 3, corrected: 3 } });
  });

  it('stays when Pax8 lists no summary at all', async () => {
    await sync();
    const before = await currentUsage();
    account().usage.length = 0;
    await sync();
    expect(await currentUsage()).toEqual(before);
  });

  it('in another unit, another currency or of a trial is another line', async () => {
    const line = required(summary().lines[0], 'line of usage');
    summary().lines.push(
      { ...line, unitOfMeasure: 'Gigabyte' },
      { ...line, currencyCode: 'EUR' },
      { ...line, isTrial: true },
    );
    await sync();
    const quantities = (await currentUsage()).filter(({ usage_date }) => usage_date === `${month}-01`);
    expect(quantities.map(({ quantity_e6 }) => quantity_e6)).toEqual(Array(4).fill('288152000'));
  });

  it('is stored with what it replaces, or not at all: a sync that fails between them doubles nothing', async () => {
    await sync();
    const before = await currentUsage();
    const copy = { ...structuredClone(summary()), id: '0190f000-0000-4000-8000-00000000abce', resourceGroup: 'rg-two' };
    summary().id = '0190f000-0000-4000-8000-00000000abcd';
    account().usage.push(copy);
    world.pax8.faults.add([{ match: { path: `/v1/usage-summaries/${copy.id}` }, fault: { status: 403 } }]);
    await expect(sync()).rejects.toThrow('403');
    expect(await currentUsage()).toEqual(before);
  });

  it('is read on from where a sync has failed, and read again by the one after it', async () => {
    const copy = { ...structuredClone(summary()), id: '0190f000-0000-4000-8000-00000000abce' };
    copy.subscriptionId = suite().id;
    account().usage.push(copy);
    world.pax8.faults.add([{ match: { path: `/v1/usage-summaries/${copy.id}` }, fault: { status: 403 } }]);
    await expect(sync()).rejects.toThrow('403');
    world.pax8.faults.clear();
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { resumed: 1, usageLines: 3 } });
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { resumed: 0, usageLines: 6 } });
  });

  it('of a subscription that is gone still comes, as long as Pax8 knows it', async () => {
    await sync(6);
    const [line] = summary().lines;
    if (line) summary().lines.push({ ...line, usageDate: `${month}-05` });
    const { subscriptionId } = summary();
    const left = account().subscriptions.filter(({ id }) => id !== subscriptionId);
    const list = { content: left, page: { size: 200, totalElements: left.length, totalPages: 1, number: 0 } };
    world.pax8.faults.add([{ match: { path: '^/v1/subscriptions$' }, fault: { body: list } }]);
    await sync(7);
    expect((await currentUsage()).map(({ usage_date }) => usage_date.slice(8))).toEqual(['01', '02', '03', '05']);
    world.pax8.faults.clear();
    account().subscriptions = left;
    await sync(8);
    expect(await lastRun()).toMatchObject({ state: 'done' });
    expect(await currentUsage()).toHaveLength(4);
  });
});
