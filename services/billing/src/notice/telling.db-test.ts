import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { platformDatabase } from '@legendops/kit/db/tenant-database';
import { tidyUp } from '@legendops/kit/jobs/housekeeping';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { aPerson, noticeWorld, type NoticeWorld, type Person } from '../testing/notice-world.ts';
import { digestAt } from './digest-time.ts';
import { noticeChores } from './notice-chores.ts';

let told: NoticeWorld;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  told = await noticeWorld();
});
afterAll(() => told.close());
const begin = async (timeZone?: string) => {
  await told.begin(timeZone);
  ada = aPerson('Ada');
  ben = aPerson('Ben', 'billing_viewer');
  told.staff.set(told.tenantId, [ada, ben]);
};
beforeEach(() => begin());

const subjects = () => told.mails.map(({ subject }) => subject);
const everyKind = (delivery: string) =>
  Object.fromEntries(['failure', 'approval', 'variance', 'connection', 'month'].map((kind) => [kind, delivery]));
const choose = (by: Person, choices: object) => told.call('PUT', 'notice-settings/mail', { by, body: choices });
const page = async (by: Person = ada) => (await told.call('GET', 'notices', { by })).body.data;

describe('a cause', () => {
  it('is told once to each person who may see billing, with customer, month, money, next step and link', async () => {
    await choose(ben, { ...everyKind('none'), failure: 'at-once' });
    told.staff.get(told.tenantId)?.push(aPerson('Sam', 'support_user'));
    await told.raise();
    for (let look = 0; look < 4; look += 1) await told.after(10);
    expect(told.mails.map(({ to }) => to.address)).toEqual(['ada@northwind.example', 'ben@northwind.example']);
    const [mail] = told.mails;
    expect(mail?.subject).toMatch(/: No price: Fabrikam, October 2026, 123\.45 USD$/);
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain('Backup has no price.');
      expect(part).toContain('http://portal.test/prices');
      expect(part).toContain('http://portal.test/notices');
    }
    expect(mail?.text).toContain('Next step: Press “Add rule” under “Prices”.');
  });

  it('is told again when it went and came again, and not while it stands or is dismissed', async () => {
    const id = await told.raise();
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    await told.world.rows('update billing.exceptions set dismissed_at = now() where id = $1', [id]);
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    expect(await page()).toMatchObject([{ clearedAt: expect.any(String), ownMail: 'sent' }]);
    await told.world.rows('update billing.exceptions set dismissed_at = null where id = $1', [id]);
    await told.after(10);
    expect(told.mails).toHaveLength(2);
    expect(new Set(told.mails.map(({ id: messageId }) => messageId)).size).toBe(2);
  });

  it('found with many others is one mail, and the most money comes first', async () => {
    for (let n = 1; n <= 30; n += 1) await told.raise({ customer: `Customer ${n}`, amountMinor: n * 100 });
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    expect(subjects()[0]).toMatch(/: Failures \(30\)$/);
    const text = told.mails[0]?.text ?? '';
    expect(text.indexOf('Customer 30')).toBeLessThan(text.indexOf('Customer 29'));
    expect(text).toContain('And 5 more, which are all in the portal');
  });

  it('is found in what stopped, is to be renewed, is due, waits or is not billed', async () => {
    const { world, tenantId } = told;
    await world.rows("insert into billing.vendor_accounts values ($1, 'quickbooks', '1')", [tenantId]);
    await world.rows(
      `insert into billing.connections (tenant_id, vendor, state, account, failure)
       values ($1, 'quickbooks', 'reconnect', '1', 'QuickBooks no longer accepts this connection')`,
      [tenantId],
    );
    await world.rows(
      `insert into billing.runs (tenant_id, job, fence, state, code, detail, finished_at)
       values ($1, 'usage-sync', 1, 'failed', 'pax8.unavailable', 'Pax8 answered 503', now())`,
      [tenantId],
    );
    await world.rows("insert into billing.periods (tenant_id, period) values ($1, '2026-09-01')", [tenantId]);
    await world.rows(
      "insert into billing.periods (tenant_id, period, state, run_on) values ($1, '2026-10-01', 'run', '2026-11-06')",
      [tenantId],
    );
    await world.rows(
      `with run as (insert into billing.runs (tenant_id, job, fence, state) values ($1, 'invoice-run', 1, 'done') returning id),
         customer as (insert into billing.customers (tenant_id, id, name, state, entity_version)
           select $1, app.uuid_v7(), 'Customer ' || n, 'active', 1 from generate_series(1, 3) n returning id, name)
       insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
         content_hash, run_id)
       select $1, customer.id, customer.name, '2026-10-01', '2026-11-01', 'USD', 10000, 'x', run.id from customer, run`,
      [tenantId],
    );
    await told.raise({ code: 'variance.quantity', customer: 'Tailspin' });
    await choose(ada, everyKind('at-once'));
    await told.after(10);
    const words = (await page()).map(({ kind, title, period, amount }: Record<string, unknown>) => [
      kind,
      title,
      period,
      amount,
    ]);
    expect(words).toEqual(
      expect.arrayContaining([
        ['connection', 'QuickBooks is to be connected again', null, null],
        ['failure', 'Reading usage from Pax8 stopped', null, null],
        ['month', 'A month is not billed', '2026-09-01', null],
        ['approval', 'Invoices await approval', '2026-10-01', { amountMinor: '30000', currency: 'USD' }],
        ['variance', 'Pax8 bills another quantity', '2026-10-01', { amountMinor: '12345', currency: 'USD' }],
      ]),
    );
    expect(words).toHaveLength(5);
    expect(told.mails).toHaveLength(1);
    await told.world.rows("update billing.invoices set status = 'rejected'");
    await told.after(10);
    expect((await page()).filter(({ clearedAt }: { clearedAt: unknown }) => clearedAt !== null)).toMatchObject([
      { kind: 'approval' },
    ]);
  });

  it('of another tenant is told to nobody here, and is nowhere in this one’s list', async () => {
    const other = await aTenant(told.world.database.administrator);
    const carl = { ...aPerson('Carl'), email: 'carl@contoso.example' };
    told.staff.set(other, [carl]);
    await told.connectTeams();
    await told.raise({ customer: 'Fabrikam' });
    await told.raise({ customer: 'Woodgrove', tenantId: other });
    await told.after(10);
    const of = (address: string) =>
      told.mails
        .filter(({ to }) => to.address === address)
        .map(({ text }) => text)
        .join();
    expect(of(ada.email)).toContain('Fabrikam');
    expect(of(ada.email)).not.toContain('Woodgrove');
    expect(of(carl.email)).toContain('Woodgrove');
    expect(of(carl.email)).not.toContain('Fabrikam');
    expect(JSON.stringify(told.teams.cards())).not.toContain('Woodgrove');
    expect(JSON.stringify(await page())).not.toContain('Woodgrove');
    const theirs = (await told.call('GET', 'notices', { by: carl, tenantId: other })).body.data;
    expect(theirs).toMatchObject([{ customerName: 'Woodgrove', teams: null, ownMail: 'sent' }]);
    expect((await told.call('GET', 'notice-settings', { by: carl, tenantId: other })).body.teams).toBeNull();
  });
});

describe('a person', () => {
  it.each<[string, () => void]>([
    ['has left', () => told.staff.set(told.tenantId, [])],
    ['sees billing no more', () => told.staff.set(told.tenantId, [{ ...ada, role: 'support_user' }])],
  ])('who %s before the mail leaves gets none', async (_title, leave) => {
    await choose(ada, everyKind('at-once'));
    told.post.before = async () => {
      throw new Error('The mail server is away');
    };
    await told.raise();
    await told.after(10);
    told.post.before = async () => undefined;
    leave();
    await told.after(60);
    expect(told.mails).toEqual([]);
    expect(await page()).toMatchObject([{ ownMail: 'dropped', mails: { sent: 0, waiting: 0, dead: 0 } }]);
  });

  it('who wants none gets none, from the next mail on', async () => {
    await told.raise();
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    expect((await choose(ada, everyKind('none'))).body.mail).toContainEqual({ kind: 'failure', delivery: 'none' });
    await told.raise({ customer: 'Tailspin' });
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    expect((await told.call('GET', 'notice-settings', { by: aPerson('Eve') })).body.mail).toContainEqual({
      kind: 'failure',
      delivery: 'at-once',
    });
  });

  it('is told of what came up while the auth service was away, when it is back', async () => {
    told.auth.isAway = true;
    await told.raise();
    await told.after(10);
    expect(await page()).toMatchObject([{ ownMail: null }]);
    told.auth.isAway = false;
    await told.after(10);
    expect(told.mails).toHaveLength(1);
  });
});

describe('the mail of a day', () => {
  it('has what came up since the one before, once, without what is gone', async () => {
    await choose(ada, everyKind('daily'));
    const gone = await told.raise({ customer: 'Gone' });
    await told.after(10);
    await told.raise({ customer: 'Fabrikam' });
    await told.after(600);
    await told.resolve(gone);
    await told.after(10);
    expect(told.mails).toEqual([]);
    await told.after(12 * 60);
    expect(told.mails).toHaveLength(1);
    expect(told.mails[0]?.text).toContain('Fabrikam');
    expect(told.mails[0]?.text).not.toContain('Gone');
    await told.raise({ customer: 'Tailspin' });
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    await told.after(24 * 60);
    expect(told.mails).toHaveLength(2);
    expect(told.mails[1]?.text).not.toContain('Fabrikam');
  });
});

it('the mail of a day comes once on each of the tenant’s days, also where clocks change', async () => {
  const timeZone = 'America/New_York';
  await begin(timeZone);
  await choose(ada, everyKind('daily'));
  for (const day of ['2027-03-13', '2027-03-14', '2027-03-15', '2027-11-06', '2027-11-07', '2027-11-08']) {
    const at = digestAt(day, timeZone);
    const before = told.mails.length;
    told.clock.at = new Date(at.getTime() - 8 * 3_600_000);
    await told.raise({ customer: `On ${day}` });
    await told.round();
    for (let left = 8 * 60 - 1; left > 1; left -= 120) await told.after(119);
    expect(told.clock.at.getTime()).toBeLessThan(at.getTime());
    expect(told.mails).toHaveLength(before);
    told.clock.at = at;
    await told.round();
    await told.after(180);
    expect(told.mails.slice(before).map(({ text }) => text)).toEqual([expect.stringContaining(`On ${day}`)]);
  }
});

it('what is over for 90 days goes, with what was sent of it; what stands, or is over since yesterday, stays', async () => {
  const old = await told.raise({ customer: 'Old' });
  const late = await told.raise({ customer: 'Late' });
  await told.raise({ customer: 'Open' });
  await told.after(10);
  await told.resolve(old);
  await told.resolve(late);
  await told.after(10);
  await told.world.rows(
    "update billing.notices set raised_at = now() - interval '1 year', cleared_at = now() - interval '91 days' where customer_name = 'Old'",
  );
  await told.world.rows(
    "update billing.notices set cleared_at = now() - interval '1 day' where customer_name = 'Late'",
  );
  const tidy = () => tidyUp(platformDatabase(told.world.database.pool('svc_billing')), noticeChores);
  await tidy();
  expect((await page()).map(({ customerName }: { customerName: string }) => customerName).toSorted()).toEqual([
    'Late',
    'Open',
  ]);
  expect((await told.world.rows('select from billing.notice_messages')).length).toBeGreaterThan(0);
  await told.world.rows("update billing.notice_messages set settled_at = now() - interval '91 days'");
  await tidy();
  expect(await told.world.rows('select from billing.notice_messages')).toEqual([]);
  expect(await page()).toHaveLength(2);
});
