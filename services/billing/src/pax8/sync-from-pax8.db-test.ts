import { eventually } from '@legendops/kit/testing/eventually';
import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recorded } from '../job/run-job.ts';
import { billingWorld, clientId, month, type BillingWorld } from '../testing/billing-world.ts';
import { syncFromPax8 } from './sync-from-pax8.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
});
afterEach(() => world.close());

const sync = () => world.run({ name: 'usage-sync', work: syncFromPax8 });
interface RunRow {
  state: string;
  code: string | null;
  counts: Record<string, number>;
}
const lastRun = async (): Promise<RunRow | undefined> =>
  (await world.rows<RunRow>('select state, code, counts from billing.runs order by fence desc limit 1'))[0];
const lines = () =>
  world.rows<{ usage_date: string; quantity_e6: string; partner_total_e8: string; superseded: boolean }>(
    `select usage_date::text, quantity_e6::text, partner_total_e8::text, superseded_at is not null as superseded
     from billing.pax8_usage_lines order by usage_date, learned_at`,
  );

describe('usage-sync', () => {
  it('makes the mirror equal to what Pax8 says, with every digit', async () => {
    await sync();
    expect(await lastRun()).toMatchObject({
      state: 'done',
      counts: { companies: 2, subscriptions: 3, usageLines: 3, added: 3, corrected: 0 },
    });
    expect((await lines())[0]).toMatchObject({
      usage_date: `${month}-01`,
      quantity_e6: '288152000',
      partner_total_e8: '354430000000',
    });
    const [suite] = await world.rows<{ price_e8: string; start_date: string }>(
      "select price_e8::text, start_date::text from billing.pax8_subscriptions where product_name = 'Productivity Suite'",
    );
    expect(suite).toEqual({ price_e8: '125000000000', start_date: `${month}-01` });
  });

  it('writes nothing the second time', async () => {
    await sync();
    const before = await world.rows(
      'select xmin::text, id from billing.pax8_subscriptions union all select xmin::text, id from billing.pax8_usage_lines order by 2',
    );
    await sync();
    expect(
      await world.rows(
        'select xmin::text, id from billing.pax8_subscriptions union all select xmin::text, id from billing.pax8_usage_lines order by 2',
      ),
    ).toEqual(before);
    expect(await lastRun()).toMatchObject({ counts: { added: 0, corrected: 0 } });
  });

  it('keeps a corrected day beside its correction, and notices a day that vanished', async () => {
    await sync();
    const summary = required(world.account().usage[0], 'usage');
    const [first, second] = summary.lines;
    summary.lines = summary.lines.filter((line) => line !== second);
    if (first) first.quantity = 300;
    await sync();
    expect(
      (await lines()).map(({ usage_date, quantity_e6, superseded }) => [usage_date, quantity_e6, superseded]),
    ).toEqual([
      [`${month}-01`, '288152000', true],
      [`${month}-01`, '300000000', false],
      [`${month}-02`, '576304000', true],
      [`${month}-03`, '864456000', false],
    ]);
    expect(await lastRun()).toMatchObject({ counts: { added: 1, corrected: 2 } });
  });

  it('forgets a subscription that Pax8 no longer has', async () => {
    await sync();
    const account = world.account();
    account.subscriptions.pop();
    await sync();
    expect(await world.rows('select id from billing.pax8_subscriptions where effective_to is null')).toHaveLength(2);
  });

  it('reads every page of a long list', async () => {
    const account = world.account();
    const [company] = account.companies;
    for (let n = 0; n < 450; n += 1) {
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      if (company) account.companies.push({ ...company, id, name: `Company ${n}` });
    }
    await sync();
    expect(await world.rows('select id from billing.pax8_companies')).toHaveLength(452);
  });
});

describe('usage-sync and a vendor in trouble', () => {
  const arm = (fault: object, match: object = {}) => world.pax8.faults.add([{ match, fault }]);

  it.each<[string, object, number]>([
    ['429 without headers', { status: 429 }, 3],
    ['500', { status: 500 }, 2],
    ['a lost connection', { dropConnection: 'before' }, 2],
    ['a body that breaks off', { truncate: 20 }, 2],
    ['HTML under 200', { html: true }, 2],
    ['one 401: the token is fetched anew', { status: 401 }, 1],
  ])('carries on after %s', async (_title, fault, count) => {
    arm(fault, { path: '/v1/(companies|usage-summaries)', count });
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { companies: 2, usageLines: 3 } });
    expect(world.pax8.faults.armed[0]?.hits).toBe(count);
  });

  it.each<[string, object, string, string]>([
    ['429 for ever', { status: 429 }, 'failed', 'pax8.throttled'],
    ['500 for ever', { status: 500 }, 'failed', 'pax8.unavailable'],
    ['403', { status: 403 }, 'needs-person', 'pax8.forbidden'],
    ['401 for ever', { status: 401 }, 'needs-person', 'pax8.refused'],
    ['an answer of another form', { body: { rows: [{ id: 7 }], total: 1 } }, 'failed', 'pax8.unexpected'],
  ])('ends with a clear record after %s, and the next run carries on', async (_title, fault, state, code) => {
    arm(fault, { path: '/v1/usage-summaries' });
    await expect(sync()).rejects.toThrow('Pax8');
    expect(await lastRun()).toMatchObject({ state, code });
    expect(await world.rows('select id from billing.pax8_companies')).toHaveLength(2);
    world.pax8.faults.clear();
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { usageLines: 3 } });
  });

  it('ends resumable where Pax8 asks for more rest than there is time for', async () => {
    world.pax8.setQuirks({ callsPerMinute: 6, retryAfter: 'seconds' });
    const hasNoTime = { wait: async () => false };
    await expect(
      world.asJob((context) =>
        recorded({ name: 'usage-sync', period: () => null, work: syncFromPax8 }, { ...context, patience: hasNoTime }),
      ),
    ).rejects.toMatchObject({ kind: 'retryable', message: expect.stringMatching(/asks for \d+ s of rest/) });
    expect(await lastRun()).toMatchObject({ state: 'failed', code: 'pax8.throttled' });
    expect(await world.rows('select id from billing.pax8_companies')).toHaveLength(2);
    world.pax8.setQuirks({});
    await sync();
    expect(await lastRun()).toMatchObject({ state: 'done', counts: { usageLines: 3 } });
  });

  it('does not take a list for complete that changed while it was read', async () => {
    await sync();
    const account = world.account();
    const [company] = account.companies;
    for (let n = 0; n < 250; n += 1) {
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      if (company) account.companies.push({ ...company, id, name: `Company ${n}` });
    }
    world.pax8.setQuirks({ rowsLostAfterFirstPage: 1 });
    await expect(sync()).rejects.toThrow('kept changing');
    expect(await world.rows('select id from billing.pax8_companies')).toHaveLength(2);
  });

  it('needs a person when the credentials were revoked', async () => {
    const account = world.account();
    world.vault.secrets.set(`${world.tenantId}/pax8`, { clientId, clientSecret: 'revoked' });
    expect(account.clientSecret).toBe('local');
    await expect(sync()).rejects.toThrow('“Connect Pax8”');
    expect(await lastRun()).toMatchObject({ state: 'needs-person', code: 'connection.refused' });
  });

  it('marks a run that ended without a word, and a late one of it can write no more', async () => {
    await world.run({
      name: 'usage-sync',
      work: async (context) => {
        // While this one sleeps, the next run begins.
        await sync();
        await expect(context.run.write(async () => 1)).rejects.toThrow('newer run');
        return {};
      },
    });
    const runs = await world.rows<{ state: string; code: string | null }>(
      'select state, code from billing.runs order by fence',
    );
    expect(runs).toEqual([
      { state: 'failed', code: 'interrupted' },
      { state: 'done', code: null },
    ]);
  });

  it('lets a next run begin only after a write that is under way, never in the middle of it', async () => {
    const order: string[] = [];
    await world.run({
      name: 'usage-sync',
      work: async ({ run }) => {
        let next: Promise<void> | undefined;
        await run.write(async () => {
          next = world.run({
            name: 'usage-sync',
            work: async () => {
              order.push('the next run');
              return {};
            },
          });
          const waiting = () =>
            world.rows("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
          await eventually('the next run waits for this write', async () => (await waiting()).length > 0);
          order.push('the write');
        });
        await next;
        return {};
      },
    });
    expect(order).toEqual(['the write', 'the next run']);
  });
});
