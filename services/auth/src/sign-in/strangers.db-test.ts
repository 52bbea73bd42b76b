import { expect, it } from 'vitest';
import { ada, authSuite, portal } from '../testing/auth-suite.ts';
import { invitationSecret } from '../testing/auth-world.ts';

const { world } = authSuite();

const path = (name: string): string => `/api/auth/v1/${name}`;
const statuses = async (ask: (n: number) => Promise<{ status: number }>): Promise<number[]> => {
  const answers = [];
  for (let n = 0; n < 700; n += 50)
    answers.push(...(await Promise.all(Array.from({ length: 50 }, (_, more) => ask(n + more)))));
  return answers.map(({ status }) => status);
};

it('who floods an address with callbacks is refused, and everybody else there signs in', async () => {
  const junk = await statuses((n) => world.api.call('GET', path(`callback?state=${n}&code=${n}`)));
  expect(new Set(junk)).toEqual(new Set([302, 429]));
  const forged = await world.api.call('GET', path('callback?state=a&code=b'), {
    headers: { cookie: '__Host-legendops-sign-in=junk' },
  });
  expect(forged.status).toBe(429);
  const browser = world.browser();
  const invitation = await invitationSecret(world, { email: ada });
  expect(await world.signIn(browser, { email: ada, invitation })).toBe(portal);
});

it('who begins one sign-in and comes back again and again is refused, and the others are not', async () => {
  const browser = world.browser();
  await browser.get(path('sign-in'));
  const answers = [];
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  for (let n = 0; n < 12; n += 1)
    answers.push((await world.api.call('GET', path('callback?state=a&code=b'), { headers: { cookie } })).status);
  expect(answers.slice(-2)).toEqual([429, 429]);
});

it('who floods an address with cookies that are none is refused, and the sessions there go on', async () => {
  const browser = world.browser();
  await world.signIn(browser, { email: ada, invitation: await invitationSecret(world, { email: ada }) });
  for (const route of ['token', 'sign-out']) {
    const cookie = (n: number): string => `__Host-legendops=${String(n).padStart(43, 'x')}.${'y'.repeat(22)}`;
    const junk = await statuses((n) => world.api.call('POST', path(route), { headers: { cookie: cookie(n) } }));
    expect(junk.at(-1)).toBe(429);
  }
  expect((await browser.post(path('token'))).status).toBe(200);
  expect((await browser.post(path('sign-out'))).status).toBe(204);
});
