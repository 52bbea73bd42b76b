import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { ada, authSuite, carl, eve, portal, refused } from '../testing/auth-suite.ts';
import { contoso, customerId, invitationSecret, northwind, type Browser } from '../testing/auth-world.ts';

const { world, run, directories } = authSuite();
beforeEach(async () => {
  await directories([northwind]);
});

const join = async (email: string, role: string): Promise<{ id: string; browser: Browser }> => {
  const browser = world.browser();
  await world.signIn(browser, { email, invitation: await invitationSecret(world, { email, role }) });
  const { rows } = await run('select id from auth.members order by created_at desc limit 1');
  return { id: rows[0].id as string, browser };
};
const token = (browser: Browser) => browser.post('/api/auth/v1/token');
/** By whoever is signed in there, or by an administrator of that tenant. */
const change = async (
  id: string,
  body: object,
  { version = 1, tenantId = world.tenantId, by }: { version?: number; tenantId?: string; by?: Browser } = {},
) =>
  world.api.call('PATCH', `/api/auth/v1/members/${id}`, {
    ...(by ? { token: (await token(by)).body.accessToken } : { actor: await world.actor({ tenantId }) }),
    body,
    headers: { 'if-match': `"v${version}"` },
  });
const roleOf = async (browser: Browser): Promise<unknown> => {
  const { body } = await token(browser);
  return body.code ?? decodeJwt(body.accessToken).role;
};
const signIn = (email: string) => world.signIn(world.browser(), { email });

describe('a member', () => {
  it('that is disabled is out at once, and back by a new sign-in when enabled again', async () => {
    await join(eve, 'tenant_admin');
    const { id, browser } = await join(ada, 'billing_viewer');
    const disabled = await change(id, { state: 'disabled' });
    expect(disabled.body).toMatchObject({ id, state: 'disabled', version: 2 });
    expect(disabled.headers.get('etag')).toBe('"v2"');
    expect(await roleOf(browser)).toBe('session.missing');
    expect(await signIn(ada)).toBe(refused('permission.denied'));
    expect((await change(id, { state: 'active' }, { version: 2 })).status).toBe(200);
    expect(await roleOf(browser)).toBe('session.missing');
    expect(await signIn(ada)).toBe(portal);
  });

  it('gets another role with a new session', async () => {
    await join(eve, 'tenant_admin');
    const { id, browser } = await join(ada, 'billing_viewer');
    expect((await change(id, { role: 'support_user' })).body.role).toBe('support_user');
    expect(await roleOf(browser)).toBe('session.missing');
    await world.signIn(browser, { email: ada });
    expect(await roleOf(browser)).toBe('support_user');
  });

  it('keeps the session where nothing changes', async () => {
    await join(eve, 'tenant_admin');
    const { id, browser } = await join(ada, 'billing_viewer');
    expect((await change(id, { role: 'billing_viewer', state: 'active' })).status).toBe(200);
    expect(await roleOf(browser)).toBe('billing_viewer');
  });

  it('becomes a guest of a customer, and a guest becomes staff by a directory of the organisation only', async () => {
    await join(eve, 'tenant_admin');
    const staff = await join(ada, 'billing_viewer');
    expect((await change(staff.id, { role: 'guest' })).status).toBe(400);
    expect((await change(staff.id, { role: 'guest', customerId })).body).toMatchObject({ role: 'guest', customerId });
    expect((await change(staff.id, { role: 'support_user' }, { version: 2 })).body).toMatchObject({ customerId: null });
    const guest = await join(carl, 'guest');
    expect((await change(guest.id, { role: 'support_user' })).body).toMatchObject({
      code: 'member.foreign-directory',
      detail: expect.stringContaining('“Invite”'),
    });
    await directories([northwind, contoso]);
    expect((await change(guest.id, { role: 'support_user' })).status).toBe(200);
  });

  it('is changed by who has seen its newest state, in the own organisation', async () => {
    await join(eve, 'tenant_admin');
    const { id } = await join(ada, 'billing_viewer');
    expect((await change(id, { state: 'disabled' }, { version: 3 })).body.code).toBe('version.stale');
    const foreign = await change(id, { state: 'disabled' }, { tenantId: await aTenant(world.database.administrator) });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'member.not-found']);
  });
});

describe('the last administrator', () => {
  it('stays: neither disabled nor given another role', async () => {
    const { id, browser } = await join(ada, 'tenant_admin');
    for (const body of [{ state: 'disabled' }, { role: 'billing_viewer' }])
      expect((await change(id, body, { by: browser })).body).toMatchObject({
        code: 'member.last-administrator',
        detail: expect.stringContaining('Change role'),
      });
    expect(await roleOf(browser)).toBe('tenant_admin');
  });

  it('stays when two take each other away at once', async () => {
    const [a, b] = [await join(ada, 'tenant_admin'), await join(eve, 'tenant_admin')];
    const answers = await Promise.all([
      change(a.id, { state: 'disabled' }, { by: b.browser }),
      change(b.id, { state: 'disabled' }, { by: a.browser }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((x, y) => x - y)).toEqual([200, 401]);
  });

  it('is one who can sign in: one of a directory that was given up does not count', async () => {
    await directories([northwind, contoso]);
    const { id, browser } = await join(ada, 'tenant_admin');
    await join(carl, 'tenant_admin');
    await directories([northwind]);
    expect((await change(id, { state: 'disabled' }, { by: browser })).body.code).toBe('member.last-administrator');
  });
});

describe('a directory that an organisation gives up', () => {
  it('takes the sessions of its staff with it, and leaves the guests theirs', async () => {
    await directories([northwind, contoso]);
    const [admin, staff, guest] = [
      await join(ada, 'tenant_admin'),
      await join(carl, 'billing_viewer'),
      await join(eve, 'guest'),
    ];
    await directories([northwind]);
    expect(await Promise.all([admin, staff, guest].map(({ browser }) => roleOf(browser)))).toEqual([
      'tenant_admin',
      'session.missing',
      'guest',
    ]);
    await directories([northwind, contoso]);
    expect(await roleOf(staff.browser)).toBe('session.missing');
    await directories([contoso]);
    expect(await roleOf(guest.browser)).toBe('guest');
  });
});
