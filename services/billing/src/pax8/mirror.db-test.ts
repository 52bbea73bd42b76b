import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billingWorld, clientId, month, type BillingWorld } from '../testing/billing-world.ts';
import { syncFromPax8 } from './sync-from-pax8.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
});
afterEach(() => world.close());

const sync = (day = 6) =>
  world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: `${month}-${String(day).padStart(2, '0')}T06:30:00Z` });
const account = () => {
  const found = world.pax8.account(clientId);
  if (!found) throw new Error('The sample account is there');
  return found;
};
const suite = () => {
  const [first] = account().subscriptions;
  if (!first) throw new Error('The sample account has subscriptions');
  return first;
};
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

  it('is what a new partner has', async () => {
    for (const what of ['subscriptions', 'companies'] as const) account()[what].length = 0;
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done' });
  });
});

describe('usage', () => {
  const summary = () => {
    const [first] = account().usage;
    if (!first) throw new Error('The sample account has usage');
    return first;
  };

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
    const [line] = summary().lines;
    if (!line) throw new Error('The sample account has lines');
    summary().lines.push(
      { ...line, unitOfMeasure: 'Gigabyte' },
      { ...line, currencyCode: 'EUR' },
      { ...line, isTrial: true },
    );
    await sync();
    const quantities = (await currentUsage()).filter(({ usage_date }) => usage_date === `${month}-01`);
    expect(quantities.map(({ quantity_e6 }) => quantity_e6)).toEqual(Array(4).fill('288152000'));
  });

  it('is read on from where a sync has failed, and read again by the one after it', async () => {
    const twice = account();
    const copy = structuredClone(summary());
    copy.id = '0190f000-0000-4000-8000-00000000abce';
    twice.usage.push(copy);
    world.pax8.faults.add([{ match: { path: `/v1/usage-summaries/${copy.id}` }, fault: { status: 403 } }]);
    await expect(sync()).rejects.toThrow('403');
    world.pax8.faults.clear();
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { resumed: 1, usageLines: 3 } });
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { resumed: 0, usageLines: 6 } });
  });
});
