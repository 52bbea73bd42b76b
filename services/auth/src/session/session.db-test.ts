import { describe, expect, it } from 'vitest';
import { ada, authSuite } from '../testing/auth-suite.ts';
import { invitationSecret, type Browser } from '../testing/auth-world.ts';

const { world } = authSuite();

const minute = 60_000;

const signedIn = async (): Promise<Browser> => {
  const browser = world.browser();
  await world.signIn(browser, { email: ada, invitation: await invitationSecret(world, { email: ada }) });
  return browser;
};
const tradeAfter = async (browser: Browser, minutes: number, query = ''): Promise<number> => {
  world.clock.aheadMs += minutes * minute;
  return (await browser.post(`/api/auth/v1/token${query}`)).status;
};

describe('the idle limit', () => {
  it('ends a portal that was left open, however often it asks for a token', async () => {
    const browser = await signedIn();
    for (let asked = 0; asked < 11; asked += 1) expect(await tradeAfter(browser, 5)).toBe(200);
    expect(await tradeAfter(browser, 6)).toBe(401);
  });

  it('begins anew whenever a person did something', async () => {
    const browser = await signedIn();
    expect(await tradeAfter(browser, 50, '?seen=true')).toBe(200);
    expect(await tradeAfter(browser, 50, '?seen=true')).toBe(200);
    expect(await tradeAfter(browser, 50)).toBe(200);
    expect(await tradeAfter(browser, 11)).toBe(401);
  });

  it('does not end what a person did in time and the portal tells with the next trade', async () => {
    const browser = await signedIn();
    expect(await tradeAfter(browser, 58)).toBe(200);
    expect(await tradeAfter(browser, 5, '?seen=true')).toBe(200);
    expect(await tradeAfter(browser, 66, '?seen=true')).toBe(401);
  });

  it('is asked about by yes or no alone', async () => {
    expect(await tradeAfter(await signedIn(), 0, '?seen=perhaps')).toBe(400);
  });
});
