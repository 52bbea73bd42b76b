import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invoiceRuns } from '../invoice/invoice-runs.ts';
import { monthsWorld, type MonthsWorld } from '../testing/months-world.ts';
import { BilledPeriods } from './contract.ts';

let t: MonthsWorld;
beforeEach(async () => {
  t = await monthsWorld();
  await t.night('2026-01-20');
  await t.importCustomers();
});
afterEach(() => t.world.close());

const list = async (day: string) => {
  t.world.clock.at = new Date(`${day}T12:00:00Z`);
  return BilledPeriods.parse((await t.call('GET', 'periods')).body).data;
};
const month = async (period: string, day: string) => {
  const found = (await list(day)).find((one) => one.period === period);
  if (!found) throw new Error(`${period} is not in the ledger`);
  return found;
};

describe('the months', () => {
  it('are told since the first, newest first, also while no job runs', async () => {
    expect((await list('2026-04-20')).map(({ period, state }) => [period, state])).toEqual([
      ['2026-04-01', 'open'],
      ['2026-03-01', 'due'],
      ['2026-02-01', 'due'],
      ['2026-01-01', 'due'],
    ]);
    expect(await t.periods()).toEqual(['2026-01 due']);
  });

  it('say what is missing, and the one next step', async () => {
    expect(await month('2026-01-01', '2026-02-03')).toMatchObject({
      state: 'due',
      missing: '31 of its 31 days have not been read since it ended',
      nextStep: expect.stringContaining('Press “Run”'),
      acts: { run: { may: true }, skip: { may: true } },
    });
    await expect(t.runs('2026-02-06')).rejects.toThrow('31 of the 31');
    expect(await month('2026-01-01', '2026-02-06')).toMatchObject({
      isAsked: true,
      missing: expect.stringContaining('31 of the 31 days'),
      nextStep: expect.stringContaining('by itself'),
      newestRun: { state: 'needs-person', code: 'usage.stale' },
    });
    await t.night('2026-02-07');
    expect(await month('2026-01-01', '2026-02-07')).toMatchObject({
      state: 'run',
      isAsked: false,
      missing: null,
      runOn: '2026-02-07',
      runs: 2,
      newestRun: { state: 'done', counts: { created: 2 } },
      invoices: [{ status: 'draft', count: 2, totals: [{ amountMinor: '144426', currency: 'USD' }] }],
      nextStep: 'Check its drafts and press “Approve” on each.',
      acts: { run: { may: true }, skip: { may: false } },
    });
  });

  it('say what is not billed with its money', async () => {
    await t.world.rows("update billing.customers set state = 'archived' where name = 'Fabrikam'");
    await t.night('2026-02-05');
    await t.runs('2026-02-06');
    expect(await month('2026-01-01', '2026-02-06')).toMatchObject({
      unbilled: { count: 2, totals: [{ amountMinor: '68291', currency: 'USD' }] },
      nextStep: 'See on the worklist to what is not billed.',
    });
  });

  it('are only shown to who may not decide', async () => {
    t.world.clock.at = new Date('2026-02-03T12:00:00Z');
    const actor = { tenantId: t.world.tenantId, role: 'billing_viewer' as const };
    const shown = await t.world.api.call('GET', '/api/billing/v1/periods', { actor });
    expect(shown.body.data[1]).toMatchObject({
      nextStep: 'Ask an administrator of your organisation.',
      acts: { run: { may: false }, skip: { may: false } },
    });
    const asked = await t.world.api.call('POST', '/api/billing/v1/periods/2026-01-01/run', { actor });
    expect([asked.status, asked.body.code]).toEqual([403, 'permission.denied']);
  });
});

describe('a person', () => {
  const at = (day: string) => (t.world.clock.at = new Date(`${day}T12:00:00Z`));

  it('has a month run by the job of the next night', async () => {
    await t.night('2026-02-05');
    at('2026-02-05');
    expect((await t.call('POST', 'periods/2026-01-01/run')).body).toMatchObject({
      isAsked: true,
      acts: { run: { may: false } },
    });
    // Asked twice it is asked once.
    expect((await t.call('POST', 'periods/2026-01-01/run')).status).toBe(200);
    await t.night('2026-02-06');
    expect(await t.periods()).toEqual(['2026-01 run', '2026-02 due']);
    expect(await t.runRecords()).toEqual(['2026-01 done']);
  });

  it('skips a month: nothing bills it, and what that leaves is told until somebody dismisses it', async () => {
    await t.night('2026-02-05');
    at('2026-02-05');
    const skipped = await t.call('POST', 'periods/2026-01-01/skip', { reason: 'Billed by hand' });
    expect(skipped.body).toMatchObject({
      state: 'skipped',
      skipped: { reason: 'Billed by hand' },
      leftOpen: [{ amountMinor: '144426', currency: 'USD' }],
    });
    expect((await t.call('POST', 'periods/2026-01-01/skip', { reason: 'Billed by hand' })).status).toBe(200);
    await t.runs('2026-02-06');
    expect(await t.invoices()).toEqual([]);
    await expect(t.runs('2026-02-06', { PERIOD: '2026-01-01' })).rejects.toMatchObject({ code: 'period.skipped' });
    expect(await t.open()).toEqual(['2026-01 period.skipped 144426']);
    await t.night('2026-03-05');
    await t.runs('2026-03-06');
    expect(await t.invoices()).toEqual(['2026-02 Fabrikam 58781']);
    expect(await t.open()).toEqual(['2026-01 period.skipped 144426']);
  });

  it('takes that back: the month is drafted, and no longer told', async () => {
    await t.night('2026-02-05');
    at('2026-02-05');
    await t.call('POST', 'periods/2026-01-01/skip', { reason: 'Billed by hand' });
    await t.runs('2026-02-06');
    expect((await t.call('POST', 'periods/2026-01-01/run')).body).toMatchObject({
      state: 'due',
      isAsked: true,
      leftOpen: [],
    });
    await t.night('2026-02-07');
    expect(await t.invoices()).toEqual(['2026-01 Fabrikam 85363', '2026-01 Tailspin Toys 59063']);
    expect(await t.open()).toEqual([]);
  });

  it('has a closed month looked at once more', async () => {
    await t.world.rows("update billing.customers set state = 'archived' where name = 'Fabrikam'");
    for (const one of ['02', '03', '04', '05', '06']) {
      await t.night(`2026-${one}-05`);
      await t.runs(`2026-${one}-06`);
    }
    expect(await month('2026-01-01', '2026-06-06')).toMatchObject({
      state: 'closed',
      // The draft that nobody approved, and what Fabrikam used at its cost.
      leftOpen: [{ amountMinor: String(59_063 + 68_291), currency: 'USD' }],
      nextStep: expect.stringContaining('Press “Run”'),
    });
    await expect(t.runs('2026-06-07', { PERIOD: '2026-01-01' })).rejects.toMatchObject({ code: 'period.closed' });
    await t.world.rows("update billing.customers set state = 'active' where name = 'Fabrikam'");
    await t.call('POST', 'periods/2026-01-01/run');
    await t.night('2026-06-08');
    expect(await t.invoices()).toContain('2026-01 Fabrikam 85363');
    expect((await t.open()).filter((one) => one.startsWith('2026-01'))).toEqual([]);
  });

  it.each<[string, string, string, object | undefined, [number, string]]>([
    ['a month that is not over', '2026-01-25', 'periods/2026-01-01/run', undefined, [409, 'period.wrong-state']],
    ['that one skipped', '2026-01-25', 'periods/2026-01-01/skip', { reason: 'No' }, [409, 'period.wrong-state']],
    ['a month before the first', '2026-02-05', 'periods/2025-12-01/run', undefined, [404, 'period.not-found']],
    ['a day that is no month', '2026-02-05', 'periods/2026-01-02/run', undefined, [404, 'period.not-found']],
    ['no date', '2026-02-05', 'periods/january/run', undefined, [400, 'request.invalid']],
    ['skipping without a reason', '2026-02-05', 'periods/2026-01-01/skip', { reason: ' ' }, [400, 'request.invalid']],
  ])('does not get: %s', async (_title, day, path, body, expected) => {
    at(day);
    const answer = await t.call('POST', path, body);
    expect([answer.status, answer.body.code]).toEqual(expected);
  });

  it('looks once more at a month that was asked for while a run was under way, and closes it no sooner', async () => {
    const [first, last] = ['2026-02-06', '2026-06-06'];
    const askedMeanwhile = async (day: string) => {
      t.world.clock.at = new Date(`${day}T12:00:00Z`);
      expect((await t.call('POST', 'periods/2026-01-01/run')).status).toBe(200);
      // It has begun before that.
      await t.runs(day);
      return month('2026-01-01', day);
    };
    await t.night(first);
    await t.runs(first);
    expect(await askedMeanwhile(first)).toMatchObject({ state: 'run', isAsked: true });
    await t.night('2026-02-07');
    expect(await month('2026-01-01', '2026-02-07')).toMatchObject({ state: 'run', isAsked: false });
    await t.night(last);
    expect(await askedMeanwhile(last)).toMatchObject({ state: 'run', isAsked: true });
    await t.night('2026-06-07');
    expect(await month('2026-01-01', '2026-06-07')).toMatchObject({ state: 'closed', isAsked: false });
  });

  it('does not skip a month that has drafts, nor while one is written', async () => {
    await t.night('2026-02-05');
    await t.runs('2026-02-06');
    at('2026-02-06');
    expect((await t.call('POST', 'periods/2026-01-01/skip', { reason: 'No' })).body.code).toBe('period.wrong-state');
    // As after a run that was killed between two drafts.
    await t.world.rows("update billing.periods set state = 'due' where period = '2026-01-01'");
    expect((await t.call('POST', 'periods/2026-01-01/skip', { reason: 'No' })).body).toMatchObject({
      code: 'period.wrong-state',
      detail: expect.stringContaining('drafts'),
    });
  });

  it('who skips a month while its run plans it is heard: no draft is written', async () => {
    await t.night('2026-02-05');
    at('2026-02-06');
    const skipping = t.world.asJob(
      ({ database, ...context }) => {
        const readAll: typeof database.readAll = async (scope, statements) => {
          const rows = await database.readAll(scope, statements);
          await t.call('POST', 'periods/2026-01-01/skip', { reason: 'By hand' });
          return rows;
        };
        return invoiceRuns({ ...context, database: { ...database, readAll } });
      },
      { PERIOD: undefined, at: '2026-02-06T06:30:00Z' },
    );
    await expect(skipping).rejects.toMatchObject({ code: 'period.skipped' });
    expect(await t.invoices()).toEqual([]);
    expect(await t.periods()).toEqual(['2026-01 skipped', '2026-02 due']);
  });
});

describe('the worklist', () => {
  const worklist = async (day: string) => {
    t.world.clock.at = new Date(`${day}T12:00:00Z`);
    return (await t.call('GET', 'worklist')).body;
  };

  it('tells a month whose run has stopped once, and no longer when it is done', async () => {
    expect((await worklist('2026-02-05')).periods).toEqual([]);
    await expect(t.runs('2026-02-06')).rejects.toThrow();
    const told = await worklist('2026-02-06');
    expect(told.periods).toMatchObject([{ period: '2026-01-01', state: 'due', isAsked: true }]);
    expect(told.stoppedRuns).toEqual([]);
    await t.night('2026-02-07');
    expect((await worklist('2026-02-07')).periods).toEqual([]);
  });

  it('tells every month that should long have been run, oldest first, whether or not a job has started', async () => {
    expect((await worklist('2026-04-11')).periods.map(({ period }: { period: string }) => period)).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
  });
});

it('what a job closes is written down by the database', async () => {
  for (const one of ['02', '03', '04', '05', '06']) {
    await t.night(`2026-${one}-05`);
    await t.runs(`2026-${one}-06`);
  }
  const entries = await t.world.rows<{ payload: { act: string; author: object; subject: object } }>(
    "select payload from app.outbox where payload->>'act' = 'period.closed'",
  );
  expect(entries.map(({ payload }) => payload)).toMatchObject([
    { author: { kind: 'job', name: 'invoice-run' }, subject: { type: 'period', name: '2026-01' } },
  ]);
});
