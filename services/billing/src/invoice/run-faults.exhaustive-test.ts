import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { monthsWorld, type MonthsWorld } from '../testing/months-world.ts';

let t: MonthsWorld;
beforeEach(async () => {
  t = await monthsWorld();
  await t.night('2026-01-20');
  await t.importCustomers();
  await t.night('2026-02-05');
});
afterEach(() => t.world.close());

const whole = ['2026-01 Fabrikam 85363', '2026-01 Tailspin Toys 59063'];

/** The database fails at this many writes of lines, from the second on; what a sequence counts is rolled back by nothing. */
const fail = (state: string, times: number) =>
  t.world.rows(`
    create sequence billing.failures;
    grant usage on sequence billing.failures to public;
    create function billing.fail() returns trigger language plpgsql as $$
    begin
      if nextval('billing.failures') between 2 and ${1 + times} then raise exception 'as told' using errcode = '${state}'; end if;
      return null;
    end $$;
    create trigger fails after insert on billing.invoice_lines for each statement execute function billing.fail()`);

const halfWritten = () =>
  t.world.rows(`
    select i.id from billing.invoices i left join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
    group by i.tenant_id, i.id having i.total_minor <> coalesce(sum(l.amount_minor), 0)`);

describe('a run whose database', () => {
  it.each([
    ['asks for the transaction once more (serialization)', '40001'],
    ['asks for the transaction once more (deadlock)', '40P01'],
  ])('%s does so and ends', async (_title, state) => {
    await fail(state, 2);
    await t.runs('2026-02-06');
    expect(await t.invoices()).toEqual(whole);
  });

  it.each([
    ['keeps asking for that', '40001'],
    ['has a full disk', '53100'],
    ['takes no more connections', '53300'],
    ['is read-only', '25006'],
  ])('%s stops with no invoice half written, and the next one carries on', async (_title, state) => {
    await fail(state, 1_000);
    await expect(t.runs('2026-02-06')).rejects.toMatchObject({ kind: 'retryable' });
    expect(await halfWritten()).toEqual([]);
    await t.world.rows('drop trigger fails on billing.invoice_lines');
    await t.runs('2026-02-06');
    expect(await t.invoices()).toEqual(whole);
    expect(await halfWritten()).toEqual([]);
    expect(await t.periods()).toEqual(['2026-01 run', '2026-02 due']);
  });
});

describe('a clock that', () => {
  it.each([
    ['is five minutes fast', '2026-02-06T06:35:00Z'],
    ['is five minutes slow', '2026-02-06T06:25:00Z'],
    ['goes back an hour between two runs', '2026-02-06T05:30:00Z'],
    ['goes back a day between two runs', '2026-02-05T06:30:00Z'],
  ])('%s bills nothing twice, and no other month', async (_title, at) => {
    await t.runs('2026-02-06');
    const before = [await t.invoices(), await t.periods(), await t.open()];
    await t.runs('2026-02-06', { at });
    expect([await t.invoices(), await t.periods(), await t.open()]).toEqual(before);
    expect(before[0]).toEqual(whole);
  });

  it.each(['America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'is another zone’s from the middle of a month on leaves out no day and bills none twice (%s)',
    async (TIME_ZONE) => {
      await t.runs('2026-02-06', { TIME_ZONE });
      await t.night('2026-03-05', { TIME_ZONE });
      await t.runs('2026-03-06', { TIME_ZONE });
      expect(await t.invoices()).toEqual([...whole, '2026-02 Fabrikam 58781']);
      expect((await t.periods()).slice(0, 2)).toEqual(['2026-01 run', '2026-02 run']);
    },
  );
});
