import { createPool } from '@legendops/kit/db/pool';
import { withJobSession } from '@legendops/kit/jobs/job-session';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { monthsWorld, type MonthsWorld } from '../testing/months-world.ts';

let t: MonthsWorld;
beforeEach(async () => {
  t = await monthsWorld();
});
afterEach(() => t.world.close());

// Of every month: 45 × 10.45 × 1.25. January has three years of a backup, 7 × 67.50 × 1.25, and usage of 265.82 as well.
const monthly = 'Fabrikam 58781';
const january = ['2026-01 Fabrikam 85363', '2026-01 Tailspin Toys 59063'];

const begin = async (day = '2026-01-20') => {
  await t.night(day);
  await t.importCustomers();
};

describe('a month that was missed', () => {
  it('since its run stopped is drafted by the next one, before the month of that', async () => {
    await begin();
    await expect(t.runs('2026-02-06')).rejects.toThrow('31 of the 31 days of 2026-01');
    expect(await t.periods()).toEqual(['2026-01 due', '2026-02 due']);
    await t.world.rows('update billing.periods set asked_at = null');
    await t.night('2026-03-05');
    await t.runs('2026-03-06');
    expect(await t.invoices()).toEqual([...january, `2026-02 ${monthly}`]);
    expect(await t.runRecords()).toEqual(['2026-01 needs-person usage.stale', '2026-01 done', '2026-02 done']);
    expect(await t.periods()).toEqual(['2026-01 run', '2026-02 run', '2026-03 due']);
  });

  it('is not waited for until then: it is run right after the sync that has read the rest of it', async () => {
    await begin();
    await expect(t.runs('2026-02-06')).rejects.toMatchObject({ kind: 'needsPerson', code: 'usage.stale' });
    await t.night('2026-02-07');
    expect(await t.invoices()).toEqual(january);
    expect(await t.periods()).toEqual(['2026-01 run', '2026-02 due']);
    // Once: nothing is asked for any more.
    await t.night('2026-02-08');
    expect(await t.runRecords()).toEqual(['2026-01 needs-person usage.stale', '2026-01 done']);
  });

  it('while the tenant was suspended, or nothing started its jobs, is drafted when they are back', async () => {
    await begin();
    await t.night('2026-02-05');
    await t.runs('2026-02-06');
    await t.night('2026-06-05');
    await t.runs('2026-06-06');
    const missed = ['02', '03', '04', '05'];
    expect(await t.invoices()).toEqual([...january, ...missed.map((month) => `2026-${month} ${monthly}`)]);
    expect(await t.runRecords()).toEqual(['2026-01 done', ...missed.map((month) => `2026-${month} done`)]);
    expect((await t.periods()).slice(0, 3)).toEqual(['2026-01 closed', '2026-02 run', '2026-03 run']);
  });

  it('keeps no other one back, and is not lost behind one that was run', async () => {
    await begin();
    await t.night('2026-03-05');
    await t.world.rows("delete from billing.usage_days where day = '2026-01-20'");
    await expect(t.runs('2026-03-06')).rejects.toThrow('1 of the 31 days of 2026-01');
    expect(await t.periods()).toEqual(['2026-01 due', '2026-02 run', '2026-03 due']);
    await t.night('2026-03-07');
    expect(await t.invoices()).toEqual([...january, `2026-02 ${monthly}`]);
  });

  it('waits for a sync that is under way, and for none that died', async () => {
    await begin();
    const login = `t_${t.world.tenantId.replaceAll('-', '')}_a`;
    const pool = createPool({ connectionString: t.world.database.url(login, testPassword), max: 1 });
    await withJobSession(pool, async (session) => {
      await t.world.rows(
        "insert into billing.runs (tenant_id, job, fence, session) values ($1, 'usage-sync', 99, $2)",
        [t.world.tenantId, session],
      );
      await expect(t.runs('2026-02-06')).rejects.toMatchObject({ kind: 'retryable', code: 'usage.stale' });
      await t.world.rows('select pg_terminate_backend($1, 10000)', [session]);
    });
    await pool.end();
    await expect(t.runs('2026-02-06')).rejects.toMatchObject({ kind: 'needsPerson', code: 'usage.stale' });
  });
});

describe('the ledger begins', () => {
  it('with the month of the first sync', async () => {
    await begin('2026-02-18');
    await t.night('2026-03-06');
    await t.runs('2026-03-06');
    expect(await t.invoices()).toEqual([`2026-02 ${monthly}`]);
    expect(await t.periods()).toEqual(['2026-02 run', '2026-03 due']);
  });

  it('with the last month that is over where the first run comes before the end of that', async () => {
    await begin('2026-02-04');
    await t.runs('2026-02-06');
    expect(await t.invoices()).toEqual(january);
  });

  it('earlier where a person asks for an earlier month: what it needs is read, and the months between are due', async () => {
    await begin('2026-03-18');
    await expect(t.runs('2026-03-19', { PERIOD: '2026-01-15' })).rejects.toMatchObject({ code: 'usage.stale' });
    await t.night('2026-03-20');
    expect(await t.invoices()).toEqual(january);
    await t.runs('2026-04-06').catch(() => undefined);
    expect(await t.periods()).toEqual(['2026-01 run', '2026-02 run', '2026-03 due', '2026-04 due']);
  });

  it('not years ago by a slip of the keyboard', async () => {
    await begin();
    await expect(t.runs('2026-02-06', { PERIOD: '2006-01-01' })).rejects.toThrow('2006-01');
    expect(await t.periods()).toEqual(['2026-01 due']);
  });
});

describe('a month', () => {
  it('is over by the date of the tenant', async () => {
    await begin();
    const at = (instant: string) => t.runs('', { at: instant, TIME_ZONE: 'America/New_York', PERIOD: '2026-01-01' });
    await expect(at('2026-02-01T04:59:59Z')).rejects.toMatchObject({ code: 'period.open' });
    await expect(at('2026-02-01T05:00:00Z')).rejects.toMatchObject({ code: 'usage.stale' });
  });

  it('is run once on days of 23 and of 25 hours, at an hour that comes twice', async () => {
    const zone = { TIME_ZONE: 'America/New_York' };
    await begin('2026-10-20');
    await t.night('2026-11-01', { ...zone, at: '2026-11-01T05:10:00Z' });
    // 01:30 before and after the clocks go back.
    await t.runs('', { ...zone, at: '2026-11-01T05:30:00Z' });
    await t.runs('', { ...zone, at: '2026-11-01T06:30:00Z' });
    expect(await t.invoices()).toEqual([`2026-10 ${monthly}`]);
    await t.night('2027-03-14', { ...zone, at: '2027-03-14T07:10:00Z' });
    await t.runs('', { ...zone, at: '2027-03-14T07:30:00Z' });
    expect((await t.periods()).filter((one) => one.endsWith('due'))).toEqual(['2027-03 due']);
    expect((await t.runRecords()).filter((one) => one === '2027-02 done')).toHaveLength(1);
  });

  it('that is run again changes nothing', async () => {
    await begin();
    await t.night('2026-02-05');
    await t.runs('2026-02-06');
    const stamps = () =>
      t.world.rows(
        'select id, xmin::text from billing.invoices union all select id, xmin::text from billing.invoice_lines order by 1',
      );
    const before = await stamps();
    await t.runs('2026-02-06');
    // As of months that were billed before days were remembered.
    await t.world.rows('delete from billing.usage_days');
    await t.runs('2026-02-07', { PERIOD: '2026-01-01' });
    expect(await stamps()).toEqual(before);
    expect(await t.runRecords()).toEqual(['2026-01 done', '2026-01 done', '2026-01 done']);
  });

  it('is run once by two processes at once', async () => {
    await begin();
    await t.night('2026-03-05');
    await Promise.allSettled([t.runs('2026-03-06'), t.runs('2026-03-06'), t.runs('2026-03-06')]);
    await t.runs('2026-03-06');
    expect(await t.invoices()).toEqual([...january, `2026-02 ${monthly}`]);
    expect(
      await t.world.rows('select source_key from billing.invoice_lines group by source_key having count(*) > 1'),
    ).toEqual([]);
  });
});

describe('a customer that is imported later', () => {
  const importLater = (name: string) =>
    t.world.rows(
      `insert into billing.customers (tenant_id, id, name, pax8_company_id, state, entity_version)
       select tenant_id, app.uuid_v7(), name, id, 'active', 1 from billing.pax8_companies where name = $1`,
      [name],
    );
  const runMonthly = async (...days: string[]) => {
    for (const day of days) {
      await t.night(`${day}-05`);
      await t.runs(`${day}-06`);
    }
  };

  it('has its months drafted while they are not closed', async () => {
    await t.night('2026-01-20');
    await importLater('Tailspin Toys');
    await runMonthly('2026-02', '2026-03', '2026-04');
    expect(await t.invoices()).toEqual(['2026-01 Tailspin Toys 59063']);
    await importLater('Fabrikam');
    await runMonthly('2026-05');
    expect(await t.invoices()).toEqual([...january, ...['02', '03', '04'].map((month) => `2026-${month} ${monthly}`)]);
    expect(await t.open()).toEqual([]);
  });

  it('has those that were closed before told with their money, and drafted when a person asks', async () => {
    await t.night('2026-01-20');
    await importLater('Tailspin Toys');
    await runMonthly('2026-02', '2026-03', '2026-04', '2026-05', '2026-06');
    expect(await t.periods()).toEqual([
      '2026-01 closed',
      '2026-02 run',
      '2026-03 run',
      '2026-04 run',
      '2026-05 run',
      '2026-06 due',
    ]);
    await importLater('Fabrikam');
    await runMonthly('2026-07');
    // 45 × 10.45 and usage of 212.66 at cost: what Pax8 charges for it.
    expect(await t.open()).toEqual(['2026-01 customer.unmatched 68291']);
    const [told] = await t.world.rows<{ next_step: string }>(
      'select next_step from billing.exceptions where resolved_at is null',
    );
    expect(told?.next_step).toMatch(/closed: press “Run” on it under “Periods”/);
    expect(await t.invoices()).not.toContain(january[0]);
  });
});
