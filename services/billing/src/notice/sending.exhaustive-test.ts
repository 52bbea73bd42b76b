import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UndeliverableAddress, type Mail } from '@legendops/kit/mail/mailer';
import { aPerson, noticeWorld, type NoticeWorld, type Person } from '../testing/notice-world.ts';
import { mostAttempts } from './attempts.ts';

let told: NoticeWorld;
let ada: Person;
beforeAll(async () => {
  told = await noticeWorld();
});
afterAll(() => told.close());
beforeEach(async () => {
  await told.begin();
  ada = aPerson('Ada');
  told.staff.set(told.tenantId, [ada]);
});

const page = async () => (await told.call('GET', 'notices', { by: ada })).body.data;
const settings = async () => (await told.call('GET', 'notice-settings', { by: ada })).body;
const refuseTeams = (fault: object) => told.teams.faults.add([{ match: { method: 'POST' }, fault }]);
const sendAgain = (id: string, by = ada) => told.call('POST', `notices/${id}/sending`, { by });
const audited = () =>
  told.world.rows(`
    select payload -> 'subject' ->> 'id' as subject, payload -> 'changes' -> 0 ->> 'after' as messages
    from app.outbox where payload ->> 'act' = 'notice.sent-again' and tenant_id = '${told.tenantId}' order by seq`);
/** As time does for a process that is dead: nobody renews what it had claimed. */
const endClaims = () =>
  told.world.rows(
    "update billing.notice_messages set claimed_until = now() - interval '1 second' where state = 'waiting'",
  );

describe('a process that dies', () => {
  it('after the mail server took a mail and before it was marked: the same mail comes again, under the same id', async () => {
    const { promise: dead } = Promise.withResolvers<never>();
    const { promise: taken, resolve: take } = Promise.withResolvers<void>();
    told.post.after = () => {
      take();
      return dead;
    };
    await told.raise();
    const dying = told.replica();
    await dying.round();
    await dying.idle();
    void dying.round();
    await taken;
    told.post.after = async () => undefined;
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    await endClaims();
    await told.after(10);
    const [first, second] = told.mails;
    expect(told.mails).toHaveLength(2);
    expect(second).toEqual(first);
    expect(await page()).toMatchObject([{ ownMail: 'sent', mails: { sent: 1, waiting: 0 } }]);
  });

  it('between finding a cause and telling of it: the next look tells', async () => {
    await told.raise();
    told.auth.isAway = true;
    await told.round();
    told.auth.isAway = false;
    expect(told.mails).toEqual([]);
    await told.after(10);
    expect(told.mails).toHaveLength(1);
  });
});

it('two processes tell each cause once', async () => {
  await told.connectTeams();
  const before = told.teams.cards().length;
  const processes = [told.replica(), told.replica(), told.replica()];
  for (let n = 0; n < 5; n += 1) {
    await told.raise({ customer: `Customer ${n}` });
    told.clock.at = new Date(told.clock.at.getTime() + 600_000);
    for (let rounds = 0; rounds < 2; rounds += 1) {
      await Promise.all(processes.map((one) => one.round()));
      await Promise.all(processes.map((one) => one.idle()));
    }
  }
  expect(told.mails).toHaveLength(5);
  expect(new Set(told.mails.map(({ id }) => id)).size).toBe(5);
  expect(told.teams.cards()).toHaveLength(before + 5);
});

describe('a mail server that is away', () => {
  it('for hours loses nothing and stops no card; every mail comes once it is back', async () => {
    await told.connectTeams();
    const cards = told.teams.cards().length;
    let tries = 0;
    told.post.before = async () => {
      tries += 1;
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    };
    await told.raise({ customer: 'First' });
    await told.after(10);
    await told.raise({ customer: 'Second' });
    for (let hours = 0; hours < 9; hours += 1) await told.after(60);
    expect(told.mails).toEqual([]);
    expect(told.teams.cards()).toHaveLength(cards + 2);
    expect((await page())[0]).toMatchObject({
      ownMail: 'waiting',
      failure: 'The mail server could not be reached',
      teams: 'sent',
    });
    expect(tries).toBeLessThan(40);
    told.post.before = async () => undefined;
    await told.after(61);
    expect(told.mails.map(({ subject }) => /First|Second/.exec(subject)?.[0])).toEqual(
      expect.arrayContaining(['First', 'Second']),
    );
    expect(told.mails).toHaveLength(2);
  });

  it('for good: the message is given up after so many tries, and the page says why', async () => {
    told.post.before = async () => {
      throw Object.assign(new Error('421 busy with tenant secrets'), { responseCode: 421 });
    };
    await told.raise();
    for (let n = 0; n < mostAttempts + 3; n += 1) await told.after(61);
    expect(await page()).toMatchObject([
      { ownMail: 'dead', mails: { dead: 1 }, failure: 'The mail server answered 421' },
    ]);
    told.post.before = async () => undefined;
    await told.after(61);
    expect(told.mails).toEqual([]);
  });

  it('and one that was given up is sent by a person, once, as the mail that it was', async () => {
    await told.connectTeams();
    refuseTeams({ status: 503 });
    told.post.before = async () => {
      throw Object.assign(new Error('421 busy'), { responseCode: 421 });
    };
    await told.raise();
    for (let n = 0; n < mostAttempts + 3; n += 1) await told.after(61);
    // That Teams does not take notices is one of its own.
    const shown = async () => (await page()).find(({ title }: { title: string }) => title === 'No price');
    const { id } = await shown();
    expect(await shown()).toMatchObject({ ownMail: 'dead', teams: 'dead', acts: { sendAgain: { may: true } } });
    told.post.before = async () => undefined;
    told.teams.faults.clear();
    const ben = aPerson('Ben', 'billing_viewer');
    expect((await sendAgain(id, ben)).status).toBe(403);
    const { status, body } = await sendAgain(id);
    expect([status, body]).toMatchObject([
      200,
      { ownMail: 'waiting', teams: 'waiting', acts: { sendAgain: { may: false } } },
    ]);
    expect((await sendAgain(id)).body).toMatchObject({ status: 409, code: 'notice.nothing-to-send' });
    await told.after(10);
    await told.after(10);
    expect(told.mails.filter(({ subject }) => subject.includes('No price'))).toHaveLength(1);
    expect(told.teams.cards().filter(({ text }) => text.includes('Backup has no price'))).toHaveLength(1);
    expect(await shown()).toMatchObject({ ownMail: 'sent', teams: 'sent', failure: null });
    expect(await audited()).toEqual([{ subject: id, messages: '2' }]);
  });

  it('is sent again without what is over by then of all that it told', async () => {
    told.post.before = async () => {
      throw new UndeliverableAddress('550 no such mailbox');
    };
    const exception = await told.raise({ customer: 'First' });
    await told.raise({ customer: 'Second' });
    await told.after(10);
    await told.resolve(exception);
    await told.after(10);
    told.post.before = async () => undefined;
    const { id } = (await page()).find(({ customerName }: { customerName: string }) => customerName === 'Second');
    expect((await sendAgain(id)).status).toBe(200);
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    expect(told.mails[0]?.text).toContain('Second');
    expect(told.mails[0]?.text).not.toContain('First');
  });

  it('is given up once more where it stays away, and whose cause is gone is sent to nobody', async () => {
    told.post.before = async ({ to }: Mail) => {
      if (to.address === ada.email) throw new UndeliverableAddress('550 no such mailbox');
    };
    const exception = await told.raise();
    await told.after(10);
    const [{ id }] = await page();
    expect((await sendAgain(id)).status).toBe(200);
    await told.after(10);
    expect(await page()).toMatchObject([{ ownMail: 'dead', mails: { dead: 1 }, acts: { sendAgain: { may: true } } }]);
    await told.resolve(exception);
    await told.after(10);
    expect(await page()).toMatchObject([{ acts: { sendAgain: { may: false } } }]);
    expect((await sendAgain(id)).body).toMatchObject({ code: 'notice.nothing-to-send' });
    expect((await sendAgain('0190c000-0000-7000-8000-0000000000ff')).status).toBe(404);
  });

  it('refuses one address for good: the others get theirs', async () => {
    const ben = aPerson('Ben');
    told.staff.set(told.tenantId, [ada, ben]);
    told.post.before = async ({ to }: Mail) => {
      if (to.address === ada.email) throw new UndeliverableAddress('550 no such mailbox');
    };
    await told.raise();
    await told.after(10);
    expect(told.mails.map(({ to }) => to.address)).toEqual([ben.email]);
    expect(await page()).toMatchObject([{ ownMail: 'dead', mails: { sent: 1, dead: 1 } }]);
  });
});

describe('a channel of Teams', () => {
  it('gets what was chosen for it, as a card', async () => {
    await told.connectTeams();
    expect(told.teams.cards()[0]?.text).toContain('Notices of LegendOps come here from now on');
    await told.call('PUT', 'notice-settings/teams/kinds', { body: { kinds: ['variance'] } });
    await told.raise({ customer: 'Not told' });
    await told.raise({ code: 'variance.price', customer: 'Fabrikam', detail: 'Pax8 bills more' });
    await told.after(10);
    const [card] = told.teams.cards();
    expect(card?.text).toContain('Pax8 bills another cost: Fabrikam, October 2026, 123.45 USD');
    expect(card?.text).toContain('Next step: Press “Add rule” under “Prices”.');
    expect(JSON.stringify(card)).toContain('http://portal.test/reconciliation?month=2026-10-01');
    expect(JSON.stringify(told.teams.cards())).not.toContain('Not told');
  });

  it('that refuses stops no mail, is told of by mail, and gets nothing of what it refused', async () => {
    await told.connectTeams();
    told.teams.removeWorkflow('Billing');
    await told.raise();
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    expect(await page()).toMatchObject([{ teams: 'dead', ownMail: 'sent' }]);
    expect((await settings()).teams.failure).toBe('Teams answered 404: its workflow may have been removed');
    await told.after(10);
    expect(told.mails).toHaveLength(2);
    expect(told.mails[1]?.subject).toMatch(/: Teams does not take notices$/);
    await told.connectTeams('Other');
    expect((await settings()).teams).toMatchObject({ failure: null });
    await told.raise({ customer: 'Tailspin' });
    await told.after(10);
    expect(told.teams.cards('Other')[0]?.text).toContain('Tailspin');
  });

  it.each([
    ['is away', { status: 503 }],
    ['breaks off', { dropConnection: 'before' }],
  ])('that %s gets the card later, and mail waits for nothing', async (_title, fault) => {
    await told.connectTeams();
    const before = told.teams.cards().length;
    refuseTeams(fault);
    await told.raise();
    await told.after(10);
    expect(told.mails).toHaveLength(1);
    expect(await page()).toMatchObject([{ teams: 'waiting' }]);
    expect(told.teams.faults.armed[0]?.hits).toBeGreaterThan(0);
    told.teams.faults.clear();
    await told.after(20);
    expect(told.teams.cards()).toHaveLength(before + 1);
    expect(await page()).toMatchObject([{ teams: 'sent' }]);
  });

  it('that is throttled is asked again when Teams has said, and not before', async () => {
    await told.connectTeams();
    const before = told.teams.cards().length;
    refuseTeams({ status: 429, headers: { 'retry-after': '900' } });
    await told.raise();
    await told.after(10);
    await told.after(14);
    expect(told.teams.faults.armed[0]?.hits).toBe(1);
    expect(told.mails).toHaveLength(1);
    told.teams.faults.clear();
    await told.after(1);
    expect(told.teams.cards()).toHaveLength(before + 1);
  });

  it('that is disconnected gets nothing any more, of what waits either', async () => {
    await told.connectTeams();
    const before = told.teams.cards().length;
    refuseTeams({ status: 503 });
    await told.raise();
    await told.after(10);
    told.teams.faults.clear();
    expect((await told.call('DELETE', 'notice-settings/teams')).status).toBe(204);
    await told.after(60);
    expect(told.teams.cards()).toHaveLength(before);
    expect(told.vault.addresses.size).toBe(0);
    expect(await page()).toMatchObject([{ teams: 'dropped' }]);
  });
});
