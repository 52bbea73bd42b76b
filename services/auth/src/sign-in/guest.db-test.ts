import { decodeJwt } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { ada, authSuite, carl, portal, refused } from '../testing/auth-suite.ts';
import { contoso, customerId, invitationSecret, invitePerson, northwind, secretIn } from '../testing/auth-world.ts';

// Contoso is a directory that no organisation has registered: that of a customer's people.
const { world, run, directories } = authSuite();
let other: string;
beforeAll(async () => {
  other = await aTenant(world.database.administrator);
});
beforeEach(async () => {
  await directories([northwind]);
  await directories([], other);
});

const guestLink = (tenant = world.tenantId) => invitationSecret(world, { email: carl, role: 'guest', tenant });

/** Where the person lands: the tenant of the session's token, or the address of the refusal. */
const signIn = async (email: string, invitation?: string): Promise<string> => {
  const browser = world.browser();
  const location = await world.signIn(browser, { email, ...(invitation !== undefined && { invitation }) });
  if (location !== portal) return location;
  const { body } = await browser.post('/api/auth/v1/token');
  return decodeJwt<{ tid: string }>(body.accessToken).tid;
};

describe('a guest', () => {
  it('comes by the link from whatever directory, and is known by it afterwards', async () => {
    expect(await signIn(carl, await guestLink())).toBe(world.tenantId);
    expect((await run('select directory_id, role from auth.members')).rows).toEqual([
      { directory_id: contoso, role: 'guest' },
    ]);
    expect(await signIn(carl)).toBe(world.tenantId);
  });

  it('is told who it is', async () => {
    const browser = world.browser();
    await world.signIn(browser, { email: carl, invitation: await guestLink() });
    const { body } = await browser.post('/api/auth/v1/token');
    const me = await world.api.call('GET', '/api/auth/v1/me', { token: body.accessToken });
    const [member] = (await run('select id, customer_id from auth.members')).rows;
    expect(me.body.member).toMatchObject({ id: member.id, role: 'guest', customerId: member.customer_id });
  });

  it('is whoever holds the link, once: an address proves nothing', async () => {
    await invitePerson(world, { email: carl, role: 'guest' });
    expect(await signIn(carl)).toBe(refused('sign-in.unknown-directory'));
    await world.mailing.mailDue();
    const secret = secretIn(world.mails.at(-1));
    expect(await signIn(carl, secret)).toBe(world.tenantId);
    expect(await signIn(ada, secret)).toBe(refused('invitation.used'));
  });

  it('with a link that holds no longer is told so', async () => {
    await guestLink();
    await run("update auth.invitations set expires_at = now() - interval '1 second'");
    for (const secret of [secretIn(world.mails.at(-1)), 'made-up'])
      expect(await signIn(carl, secret)).toBe(refused('invitation.used'));
    expect((await run('select from auth.members')).rowCount).toBe(0);
  });

  it('of a customer that was given up meanwhile is refused, and let in by the same link once it is back', async () => {
    const secret = await guestLink();
    world.customers.clear();
    expect(await signIn(carl, secret)).toBe(refused('invitation.customer-archived'));
    expect((await run('select from auth.members')).rowCount).toBe(0);
    world.customers.add(customerId);
    expect(await signIn(carl, secret)).toBe(world.tenantId);
  });

  it('who works for another organisation goes where the link says, and home without one', async () => {
    await directories([contoso], other);
    await signIn(carl, await invitationSecret(world, { email: carl, tenant: other }));
    expect(await signIn(carl, await guestLink())).toBe(world.tenantId);
    expect(await signIn(carl)).toBe(other);
  });

  it('keeps a link that is not needed', async () => {
    await signIn(carl, await guestLink());
    const second = await guestLink();
    expect(await signIn(carl, second)).toBe(world.tenantId);
    expect((await run("select from auth.invitations where state = 'sent'")).rowCount).toBe(1);
  });

  it('is refused when disabled, also with a new link, and while the organisation is suspended', async () => {
    await signIn(carl, await guestLink());
    await run("update auth.members set state = 'disabled'");
    expect(await signIn(carl, await guestLink())).toBe(refused('permission.denied'));
    await run("update auth.members set state = 'active'");
    await run("update app.tenants set state = 'suspended' where id = $1", [world.tenantId]);
    expect(await signIn(carl)).toBe(refused('tenant.suspended'));
    await run("update app.tenants set state = 'deleting' where id = $1", [world.tenantId]);
    expect(await signIn(carl)).toBe(refused('sign-in.unknown-directory'));
  });

  it.each(['wrong-tenant', 'wrong-issuer', 'bad-signature'])('with an ID token of %s is nobody', async (special) => {
    const secret = await guestLink();
    world.entra.faults.add([{ match: { path: '/oauth2/v2.0/token' }, fault: { special } }]);
    expect(await signIn(carl, secret)).toBe(refused('sign-in.failed'));
    expect((await run('select from auth.members')).rowCount).toBe(0);
  });

  it('with a personal account has no directory that could answer for them', async () => {
    const tid = '9188040d-6c67-4c5b-b112-36a304b66dad';
    world.entra.directories.add({ tid, name: 'Personal', people: [{ email: 'p@outlook.example', name: 'P' }] });
    expect(await signIn('p@outlook.example', await guestLink())).toBe(refused('sign-in.failed'));
  });
});

describe('staff', () => {
  it('of a directory that is not their organisation’s cannot use the link of one', async () => {
    const secret = await invitationSecret(world, { email: carl });
    expect(await signIn(carl, secret)).toBe(refused('sign-in.unknown-directory'));
    await directories([contoso], other);
    expect(await signIn(carl, secret)).toBe(refused('sign-in.unknown-directory'));
    expect((await run('select from auth.members')).rowCount).toBe(0);
  });

  it('lose their membership while their directory is not registered', async () => {
    await signIn(ada, await invitationSecret(world, { email: ada }));
    await directories([]);
    expect(await signIn(ada)).toBe(refused('sign-in.unknown-directory'));
    expect(await signIn(ada, await guestLink())).toBe(refused('invitation.used'));
    await directories([northwind]);
    expect(await signIn(ada)).toBe(world.tenantId);
  });
});
