import { describe, expect, it } from 'vitest';
import { ada, authSuite, carl, eve, portal, refused } from '../testing/auth-suite.ts';
import { actionIn, invitationSecret, northwind, publicUrl, type Browser } from '../testing/auth-world.ts';

const { world, run } = authSuite();

const invite = (email = ada, role = 'tenant_admin') => invitationSecret(world, { email, role });
const open = (browser: Browser, secret: string) => browser.get(`/api/auth/v1/invitation?link=${secret}`);
const everything = async (): Promise<unknown> =>
  (
    await run(`select (select json_agg(i) from auth.invitations i) as invitations,
    (select json_agg(s) from auth.sessions s) as sessions, (select json_agg(m) from auth.members m) as members`)
  ).rows[0];

describe('the page of an invitation', () => {
  it('says which organisation invites whom, as what, and brings no script', async () => {
    await run("update app.tenants set display_name = 'North <wind> & Co'");
    const { status, text, headers } = await open(world.browser(), await invite(carl, 'guest'));
    expect(status).toBe(200);
    for (const said of ['North &lt;wind&gt; &amp; Co', 'Ada', carl, 'Guest of one customer'])
      expect(text).toContain(said);
    expect(text).not.toMatch(/<script|<wind>/);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  it('changes nothing, whoever opens it and however often: nobody is signed in or out', async () => {
    const browser = world.browser();
    await world.signIn(browser, { email: eve, invitation: await invite(eve) });
    const session = browser.cookies.get('__Host-legendops');
    const secret = await invite();
    const before = await everything();
    for (let times = 0; times < 3; times += 1) await open(browser, secret);
    expect(await everything()).toEqual(before);
    expect(browser.cookies.get('__Host-legendops')).toBe(session);
    expect((await browser.post('/api/auth/v1/token')).status).toBe(200);
  });

  it.each([
    ['was used', "update auth.invitations set state = 'redeemed', token_hash = null"],
    ['has expired', "update auth.invitations set expires_at = now() - interval '1 second'"],
    ['is of an organisation that is suspended', "update app.tenants set state = 'suspended'"],
  ])('says so when it %s', async (_title, change) => {
    const secret = await invite();
    const browser = world.browser();
    const action = actionIn((await open(browser, secret)).text);
    await run(change);
    const { status, text } = await open(world.browser(), secret);
    expect(status).toBe(410);
    expect(text).toContain('This invitation no longer holds');
    expect((await browser.post(action, { origin: publicUrl })).status).toBe(410);
  });

  it('is where a link leads that was mailed before there was one', async () => {
    const secret = await invite();
    const { location } = await world.browser().get(`/api/auth/v1/sign-in?invitation=${secret}`);
    expect(location).toBe(`${publicUrl}/api/auth/v1/invitation?link=${secret}`);
  });
});

describe('accepting', () => {
  const opened = async (email = ada): Promise<{ browser: Browser; action: string }> => {
    const browser = world.browser();
    return { browser, action: actionIn((await open(browser, await invite(email))).text) };
  };

  it('goes on to the directory, with the account of the address for staff', async () => {
    const { browser, action } = await opened();
    const answer = await browser.post(action, { origin: publicUrl, 'sec-fetch-site': 'same-origin' });
    expect(answer.status).toBe(303);
    const target = new URL(answer.headers.get('location') ?? '');
    expect(target.origin).toBe(world.entra.browserUrl);
    expect(target.searchParams.get('login_hint')).toBe(ada);
    expect([...browser.cookies.keys()]).toEqual(['__Host-legendops-sign-in']);
  });

  it('leaves the account of a guest to the guest', async () => {
    const browser = world.browser();
    const action = actionIn((await open(browser, await invite(carl, 'guest'))).text);
    const { headers } = await browser.post(action, { origin: publicUrl });
    expect(new URL(headers.get('location') ?? '').searchParams.get('prompt')).toBe('select_account');
  });

  it.each([
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ])('is refused to a form of another site (%s: %s)', async (name, value) => {
    const { browser, action } = await opened();
    const { status, body } = await browser.post(action, { [name]: value });
    expect([status, body.code]).toEqual([403, 'request.cross-site']);
    expect(browser.cookies.has('__Host-legendops-sign-in')).toBe(false);
  });

  it('takes the page of this very browser, the one that was opened last', async () => {
    const mine = await opened();
    const theirs = await opened('max@northwind.example');
    const other = actionIn((await open(mine.browser, await invite(eve))).text);
    for (const [browser, action] of [
      [mine.browser, mine.action],
      [mine.browser, theirs.action],
      [mine.browser, '/api/auth/v1/invitation?check=made-up'],
      [world.browser(), other],
    ] as const) {
      const { status, headers } = await browser.post(action, { origin: publicUrl });
      expect([status, headers.get('location')]).toEqual([400, null]);
    }
    expect((await mine.browser.post(other, { origin: publicUrl })).status).toBe(303);
  });
});

describe('the link of staff', () => {
  const members = async () => (await run('select name, email from auth.members')).rows;

  it('is nothing to others of the directory, an administrator’s too, and stays good for its person', async () => {
    const secret = await invite();
    expect(await world.signIn(world.browser(), { email: eve, invitation: secret })).toBe(
      refused('invitation.other-address'),
    );
    expect(await members()).toEqual([]);
    expect(await world.signIn(world.browser(), { email: ada, invitation: secret })).toBe(portal);
  });

  it('is for the address however it is written, be it the mail address or the sign-in name', async () => {
    world.entra.directories.add({
      tid: northwind,
      name: 'Northwind',
      people: [
        { email: 'max@northwind.example', name: 'Max', claims: { email: 'Max.Muster@Northwind.example' } },
        { email: 'lea@northwind.example', name: 'Lea', claims: { email: undefined } },
      ],
    });
    const max = await invite('max.muster@northwind.EXAMPLE');
    expect(await world.signIn(world.browser(), { email: 'max@northwind.example', invitation: max })).toBe(portal);
    const lea = await invite('LEA@northwind.example');
    expect(await world.signIn(world.browser(), { email: 'lea@northwind.example', invitation: lea })).toBe(portal);
  });

  it('makes a member who is known by directory and object from then on, whatever the address becomes', async () => {
    await world.signIn(world.browser(), { email: ada, invitation: await invite() });
    await run("update auth.members set email = 'other@northwind.example'");
    expect(await world.signIn(world.browser(), { email: ada })).toBe(portal);
    expect(await members()).toHaveLength(1);
  });

  it('is nobody’s by an address in another directory', async () => {
    world.entra.directories.add({
      tid: '33333333-3333-4333-8333-333333333333',
      name: 'Elsewhere',
      people: [{ email: 'mallory@elsewhere.example', name: 'Ada', claims: { email: ada } }],
    });
    expect(
      await world.signIn(world.browser(), { email: 'mallory@elsewhere.example', invitation: await invite() }),
    ).toBe(refused('sign-in.unknown-directory'));
  });
});
