import { expect, it } from 'vitest';
import { columnOf, open, settled } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** What the mirror of Pax8 holds, where a bookkeeper looks for it. */
export const evidenceCases = (world: () => World): void => {
  const { asAda, visit } = visits(world);
  const premium = 'Microsoft 365 Business Premium';
  let subscription = '';

  it('a customer has its contacts and orders, its subscription a life, its product a price list', () =>
    asAda(async ({ page }) => {
      await open(page, 'Customers');
      await page.getByRole('link', { name: 'Fabrikam Robotics' }).click();
      await page.getByRole('heading', { level: 1, name: 'Fabrikam Robotics' }).waitFor();
      expect(await columnOf(page, 'Contacts at Pax8', 'E-mail')).toEqual(['office@fabrikam-robotics.example']);
      expect((await columnOf(page, 'Orders at Pax8', 'What')).toSorted()).toEqual([
        '45 × Mail security Monthly',
        `45 × ${premium} Monthly`,
        '52 × Endpoint backup Monthly',
      ]);
      await world().album.takeBoth(page, 'customer-at-pax8');

      await page.getByRole('table', { name: 'Subscriptions' }).getByRole('link', { name: premium }).click();
      await page.getByRole('heading', { level: 1, name: premium }).waitFor();
      subscription = new URL(page.url()).pathname;
      const terms = page.getByRole('table', { name: 'Priced terms' });
      await terms.getByText(/^Since /).waitFor();
      // 22.00 for what costs 17.60.
      expect(await columnOf(page, 'Priced terms', 'Margin')).toEqual(['$4.40\n20 % of the price']);
      expect(await columnOf(page, 'Priced terms', 'Ordered')).toEqual([
        expect.stringMatching(/^45 on [^]*ada@northwind\.example$/),
      ]);
      await page.getByRole('table', { name: 'History at Pax8' }).waitFor();
      await world().album.takeBoth(page, 'subscription');

      await page.getByRole('link', { name: 'Price list of Pax8' }).click();
      await page.getByRole('heading', { level: 1, name: `Pax8’s prices of ${premium}` }).waitFor();
      expect(await columnOf(page, 'Price list of Pax8', 'Quantity')).toEqual(['1 to 100', 'from 101']);
      expect(await columnOf(page, 'Price list of Pax8', 'Cost')).toEqual(['$17.60', '$15.84']);
      expect(await columnOf(page, 'Price list of Pax8', 'Margin')).toEqual([
        '$4.40\n20 % of the price',
        '$6.16\n28 % of the price',
      ]);
      await world().album.takeBoth(page, 'price-list-of-pax8');
      await page.getByRole('link', { name: 'Back to prices' }).click();
      await page.getByRole('table', { name: 'Price rules' }).getByRole('link', { name: premium }).waitFor();
    }));

  it('a customer’s people are not told, and another organisation has no such subscription', async () => {
    const address = () => `${world().platform.endpoints.gateway}${subscription}`;
    await visit('gia@fabrikam.example', async ({ page }) => {
      await open(page, 'Usage');
      await page.getByRole('link', { name: 'Subscriptions' }).click();
      await settled(page);
      const table = page.getByRole('table', { name: 'Subscriptions' });
      await table.getByText(premium).waitFor();
      expect(await table.getByRole('link').count()).toBe(0);
      await page.goto(address());
      await page.getByText('You cannot open this page').waitFor();
    });
    await visit('carl@contoso.example', async ({ page }) => {
      await page.goto(address());
      await page.getByRole('alert').getByText('There is no such subscription').waitFor();
    });
  });
};
