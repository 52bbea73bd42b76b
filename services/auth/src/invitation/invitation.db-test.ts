import { describe, expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { ada, authSuite, portal, refused } from '../testing/auth-suite.ts';
import { contoso, invitationSecret, invitePerson, northwind, secretIn } from '../testing/auth-world.ts';
import { UndeliverableAddress } from '@legendops/kit/mail/mailer';
import type { InvitationMail } from './mailer.ts';

const { world, run } = authSuite();

const invite = (role = 'tenant_admin') => invitationSecret(world, { email: ada, role });
const pass = (minutes: number) =>
  run("update auth.invitations set next_attempt_at = next_attempt_at - $1 * interval '1 minute'", [minutes]);
const refuse = (isRefused: (mail: InvitationMail) => boolean, error: () => Error): void => {
  world.post.before = async (mail) => {
    if (isRefused(mail)) throw error();
  };
};
const page = async (query = '') =>
  (await world.api.call('GET', `/api/auth/v1/invitations${query}`, { actor: await world.actor() })).body;
const listed = async (query?: string) => (await page(query)).data;

describe('an invitation', () => {
  it('is mailed once with a link that makes a member of whoever signs in by it', async () => {
    const secret = await invite();
    await world.mailing.mailDue();
    expect(world.mails).toHaveLength(1);
    const stored = await run('select state, token_hash::text as hash from auth.invitations');
    expect(stored.rows[0].state).toBe('sent');
    expect(stored.rows[0].hash).not.toContain(secret);
    expect(await world.signIn(world.browser(), { email: ada, invitation: secret })).toBe(portal);
    expect((await run('select name, email, role, directory_id from auth.members')).rows).toEqual([
      { name: 'Ada', email: ada, role: 'tenant_admin', directory_id: northwind },
    ]);
  });

  it('is used once, by one person', async () => {
    const secret = await invite();
    await world.signIn(world.browser(), { email: ada, invitation: secret });
    expect(await world.signIn(world.browser(), { email: 'eve@northwind.example', invitation: secret })).toBe(
      refused('invitation.used'),
    );
    expect((await run('select count(*)::int as n from auth.members')).rows[0].n).toBe(1);
  });

  it('of one organisation is nothing to the people of another directory', async () => {
    const secret = await invite();
    expect(await world.signIn(world.browser(), { email: 'carl@contoso.example', invitation: secret })).toBe(
      refused('sign-in.unknown-directory'),
    );
    expect((await run('select count(*)::int as n from auth.members')).rows[0].n).toBe(0);
    expect(contoso).not.toBe(northwind);
  });

  it('that has expired, or was made up, makes nobody a member', async () => {
    const secret = await invite();
    await run("update auth.invitations set expires_at = now() - interval '1 second'");
    for (const one of [secret, 'made-up'])
      expect(await world.signIn(world.browser(), { email: ada, invitation: one })).toBe(refused('invitation.used'));
  });
});

describe('the mail of an invitation', () => {
  it('that cannot be sent waits longer each time, and holds up no other', async () => {
    refuse(
      ({ to }) => to.address === 'full@northwind.example',
      () => new Error('The mailbox is full'),
    );
    await invitePerson(world, { email: 'full@northwind.example' });
    await invitePerson(world, { email: ada });
    await expect(world.mailing.mailDue()).rejects.toThrow('1 invitations could not be mailed');
    expect(world.mails.map(({ to }) => to.address)).toEqual([ada]);
    await world.mailing.mailDue();
    await pass(1);
    await expect(world.mailing.mailDue()).rejects.toThrow('1 invitations could not be mailed');
    world.post.before = async () => undefined;
    await world.mailing.mailDue();
    expect(world.mails).toHaveLength(1);
    await pass(2);
    await world.mailing.mailDue();
    expect(world.mails).toHaveLength(2);
  });

  it('comes through however many addresses of another organisation take none', async () => {
    const other = await aTenant(world.database.administrator);
    for (let n = 0; n < 60; n += 1) await invitePerson(world, { email: `gone-${n}@nowhere.example`, tenant: other });
    await invitePerson(world, { email: ada });
    refuse(
      ({ to }) => to.address !== ada,
      () => new Error('Nobody answers'),
    );
    for (let round = 0; round < 2; round += 1) await world.mailing.mailDue().catch(() => undefined);
    expect(world.mails.map(({ to }) => to.address)).toEqual([ada]);
  });

  it('that the mail server refuses for good has failed, and the administrator sees it', async () => {
    refuse(
      () => true,
      () => new UndeliverableAddress('550 no such mailbox'),
    );
    await invitePerson(world, { email: ada });
    await world.mailing.mailDue();
    expect(await listed()).toMatchObject([{ email: ada, state: 'pending', mailFailedAt: expect.any(String) }]);
    world.post.before = async () => undefined;
    await pass(600);
    await world.mailing.mailDue();
    expect(world.mails).toEqual([]);
  });

  it('that nobody took for a day has failed', async () => {
    refuse(
      () => true,
      () => new Error('Nobody answers'),
    );
    await invitePerson(world, { email: ada });
    let attempts = 0;
    for (let halfHours = 0; halfHours < 72; halfHours += 1) {
      await world.mailing.mailDue().catch(() => (attempts += 1));
      await pass(30);
    }
    expect(attempts).toBeGreaterThan(20);
    expect((await listed())[0].mailFailedAt).not.toBeNull();
    expect((await run('select mail_attempts from auth.invitations')).rows).toEqual([{ mail_attempts: attempts }]);
  });

  it('leaves while no transaction is open: a slow mail server holds no connection', async () => {
    let open: unknown[] = [];
    world.post.before = async () => {
      ({ rows: open } = await run(
        "select query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
      ));
    };
    await invite();
    expect(open).toEqual([]);
    expect(world.mails).toHaveLength(1);
  });

  it('that may have arrived is the same when it is sent again: its id and its link', async () => {
    const arrived: InvitationMail[] = [];
    world.post.before = async (mail) => {
      arrived.push(mail);
      if (arrived.length === 1) throw new Error('The connection was lost after the mail');
    };
    await invitePerson(world, { email: ada });
    await world.mailing.mailDue().catch(() => undefined);
    await pass(1);
    await world.mailing.mailDue();
    expect(arrived).toHaveLength(2);
    expect(arrived[0]).toEqual(arrived[1]);
    expect(await world.signIn(world.browser(), { email: ada, invitation: secretIn(arrived[0]) })).toBe(portal);
  });

  it('is sent by one of several replicas', async () => {
    await invitePerson(world, { email: ada });
    await Promise.all([world.mailing.mailDue(), world.mailing.mailDue(), world.mailing.mailDue()]);
    expect(world.mails).toHaveLength(1);
  });

  it('whose sender died is sent again when the lease is over', async () => {
    await invitePerson(world, { email: ada });
    await run("update auth.invitations set mail_attempts = 1, next_attempt_at = now() + interval '2 minutes'");
    await world.mailing.mailDue();
    expect(world.mails).toEqual([]);
    await pass(3);
    await world.mailing.mailDue();
    expect(world.mails).toHaveLength(1);
  });
});

describe('an invitation that is open', () => {
  const changed = async (state: string, email = ada) => {
    const { id, version } = (await listed()).find((one: { email: string }) => one.email === email);
    return world.api.call('PATCH', `/api/auth/v1/invitations/${id}`, {
      actor: await world.actor(),
      body: { state },
      headers: { 'if-match': `"v${version}"` },
    });
  };
  const redeem = (secret: string) => world.signIn(world.browser(), { email: ada, invitation: secret });
  const used = refused('invitation.used');

  it('is revoked: its link holds no more, and it is not mailed', async () => {
    const secret = await invite();
    expect((await changed('revoked')).body.state).toBe('revoked');
    expect(await redeem(secret)).toBe(used);
    await invitePerson(world, { email: 'eve@northwind.example' });
    await changed('revoked', 'eve@northwind.example');
    await world.mailing.mailDue();
    expect(world.mails).toHaveLength(1);
  });

  it('is mailed again with another link, the only one that holds', async () => {
    const first = await invite();
    expect((await changed('pending')).body).toMatchObject({ state: 'pending', mailFailedAt: null });
    expect(await redeem(first)).toBe(used);
    await world.mailing.mailDue();
    const second = secretIn(world.mails[1]);
    expect(world.mails[1]?.id).not.toBe(world.mails[0]?.id);
    expect(await redeem(first)).toBe(used);
    expect(await redeem(second)).toBe(portal);
  });

  it('is mailed again after it failed', async () => {
    refuse(
      () => true,
      () => new UndeliverableAddress('550 no such mailbox'),
    );
    await invitePerson(world, { email: ada });
    await world.mailing.mailDue();
    world.post.before = async () => undefined;
    await changed('pending');
    await world.mailing.mailDue();
    expect(world.mails).toHaveLength(1);
  });

  it('is listed as such, however many newer ones are not, with the end of its link', async () => {
    await invite();
    for (const email of ['bea@northwind.example', 'cleo@northwind.example']) await invitePerson(world, { email });
    await run("update auth.invitations set state = 'redeemed' where email like 'cleo@%'");
    await changed('revoked', 'bea@northwind.example');
    await invitePerson(world, { email: 'dan@northwind.example' });
    const first = await page('?open=true&limit=1');
    expect(first.data).toMatchObject([{ email: 'dan@northwind.example', expiresAt: null }]);
    const second = await page(`?open=true&limit=1&cursor=${first.page.next}`);
    expect(second).toMatchObject({ data: [{ email: ada }], page: { next: null } });
    const days = (Date.parse(second.data[0].expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(14);
    expect(await listed()).toHaveLength(4);
  });

  it('is open no more once it was redeemed or revoked', async () => {
    await redeem(await invite());
    for (const state of ['pending', 'revoked']) expect((await changed(state)).body.code).toBe('invitation.wrong-state');
  });
});

describe('the first administrators', () => {
  const inviteAdmins = async (): Promise<number> => {
    const admins = JSON.stringify([{ email: ada, name: 'Ada' }]);
    return (await run('select app.invite_admins($1, $2) as count', [world.tenantId, admins])).rows[0].count;
  };
  const expire = () => run("update auth.invitations set expires_at = now() - interval '1 second'");

  it('are invited once, and again when the link ran out or the mail never came', async () => {
    expect([await inviteAdmins(), await inviteAdmins()]).toEqual([1, 0]);
    await world.mailing.mailDue();
    expect(await inviteAdmins()).toBe(0);
    await expire();
    expect([await inviteAdmins(), await inviteAdmins()]).toEqual([1, 0]);
    await world.mailing.mailDue();
    expect(secretIn(world.mails[1])).not.toBe(secretIn(world.mails[0]));
    await run("update auth.invitations set state = 'pending', mail_failed_at = now() - interval '1 hour'");
    expect(await inviteAdmins()).toBe(0);
    await run("update auth.invitations set mail_failed_at = now() - interval '25 hours'");
    expect(await inviteAdmins()).toBe(1);
  });

  it.each(['redeemed', 'revoked'])('whose invitation was %s are not invited again', async (state) => {
    await inviteAdmins();
    await run('update auth.invitations set state = $1', [state]);
    await expire();
    expect(await inviteAdmins()).toBe(0);
  });
});
