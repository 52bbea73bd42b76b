import { expect, it } from 'vitest';
import { aPerson, open, signInByLink } from './person.ts';
import type { World } from './world.ts';

const withinMs = 10_000;
const adasRealmId = '9130350000000001';

/** What the portal says when something outside of it goes wrong. */
export const troubleCases = (world: () => World): void => {
  const gateway = (): string => world().platform.endpoints.gateway;

  it('posts an invoice once although the answer of QuickBooks is lost', async () => {
    const { browser, album, breakQuickBooks, changeBilling, invoicesInQuickBooks } = world();
    const ada = await aPerson(browser);
    const { page } = ada;
    await signInByLink(ada, gateway(), 'ada@northwind.example');
    await open(page, 'Invoices');
    const before = (await invoicesInQuickBooks(adasRealmId)).length;
    await page.getByRole('link', { name: 'Alpine Ski House' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve invoice' }).click();
    await breakQuickBooks({
      match: { method: 'POST', path: `/company/${adasRealmId}/invoice`, count: 1 },
      fault: { dropConnection: 'after' },
    });
    await page.getByRole('button', { name: 'Post to QuickBooks' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Post invoice' }).click();
    const told = page.locator('[aria-live=polite]');
    await told.getByText(/^It is not known whether LO\d{6}L reached QuickBooks$/).waitFor();
    await album.takeBoth(page, 'in-doubt');
    expect(await invoicesInQuickBooks(adasRealmId)).toHaveLength(before + 1);
    await page.getByRole('link', { name: 'Worklist' }).click();
    await page.getByRole('region', { name: 'In doubt at QuickBooks' }).getByText('One invoice').waitFor();
    await page.goBack();

    // It would be looked up after two minutes, when QuickBooks has certainly ended the lost request.
    await changeBilling(`update billing.postings set next_attempt_at = now() where state = 'in-doubt'`);
    await told.getByText(/^In QuickBooks as LO\d{6}L$/).waitFor();
    const docNumber = (await told.innerText()).split('\n')[0]?.replace('In QuickBooks as ', '');
    const numbers = (await invoicesInQuickBooks(adasRealmId)).map(({ DocNumber }) => DocNumber);
    expect([numbers.length, numbers.filter((number) => number === docNumber).length]).toEqual([before + 1, 1]);
    await album.take(page, 'in-doubt-settled');
    expect(ada.complaints).toEqual([]);
    await ada.leave();
  });

  it('closes for the people of a suspended provider within seconds, and opens again', async () => {
    const { browser, album, engineer } = world();
    const carl = await aPerson(browser);
    const { page } = carl;
    await signInByLink(carl, gateway(), 'carl@contoso.example');
    // A page that is only looked at: it asks again by itself.
    await open(page, 'Runs');
    await engineer.setState('contoso', 'Suspended');
    const closed = page.getByRole('heading', { level: 1, name: 'Your organisation is suspended' });
    await closed.waitFor({ timeout: withinMs });
    await album.takeBoth(page, 'suspended');

    const another = await aPerson(browser);
    await another.page.goto(`${gateway()}/api/auth/v1/sign-in?loginHint=carl@contoso.example`);
    await another.page.getByRole('status').getByText('Your organisation is suspended').waitFor();
    await album.takeBoth(another.page, 'suspended-sign-in');
    await another.leave();

    await engineer.setState('contoso', 'Active');
    const places = page.getByRole('navigation', { name: 'Main' });
    await expect
      .poll(
        async () => {
          if (await closed.isVisible()) await page.getByRole('button', { name: 'Check again' }).click();
          return places.isVisible();
        },
        { timeout: withinMs, interval: 250 },
      )
      .toBe(true);
    expect(carl.complaints).toEqual([]);
    await carl.leave();
  });
};
