import { expect, it } from 'vitest';
import { aPerson, columnOf, open, settled, signInByLink, soon, type Person } from './person.ts';
import type { World } from './world.ts';

/** Who did what, as an administrator reads it; and a connection that is given up. */
export const auditCases = (world: () => World): void => {
  const visit = async (email: string, see: (person: Person) => Promise<void>): Promise<void> => {
    const person = await aPerson(world().browser);
    await signInByLink(person, world().platform.endpoints.gateway, email);
    await settled(person.page);
    await see(person);
    expect(person.complaints).toEqual([]);
    await person.leave();
  };
  const acts = ({ page }: Person) => columnOf(page, 'Who did what', 'What');

  it('shows who did what, narrowed by person and act, with its details', () =>
    visit('ada@northwind.example', async (person) => {
      const { page } = person;
      await open(page, 'Audit');
      await expect.poll(async () => (await acts(person))[0], soon).toMatch(/^Signed in/);
      await world().album.takeBoth(page, 'audit');
      await page.getByLabel('Act', { exact: true }).selectOption('Price rule created');
      await expect
        .poll(async () => (await acts(person)).every((act) => act.startsWith('Price rule created')), soon)
        .toBe(true);
      const [first] = await page.getByText('Details', { exact: false }).all();
      await first?.click();
      await page.getByText('valid from').first().waitFor();
      await world().album.takeBoth(page, 'audit-details');
      await page.getByLabel('From').fill('2199-01-01');
      await page.getByText('Nothing of this kind').waitFor();
      await page.reload();
      await page.getByText('Nothing of this kind').waitFor();
      await world().album.take(page, 'audit-empty');
    }));

  it('says on a price rule who made it', () =>
    visit('ada@northwind.example', async ({ page }) => {
      await open(page, 'Prices');
      await page
        .getByText(/^Price rule created by Ada/)
        .first()
        .waitFor();
      await world().album.take(page, 'prices-with-author');
    }));

  it('is for administrators alone', () =>
    visit('ben@northwind.example', async ({ page }) => {
      await page.goto(`${world().platform.endpoints.gateway}/audit`);
      await page.getByText('You cannot open this page').waitFor();
    }));

  it('a vendor is disconnected after a question, and connected again; both are in the trail', () =>
    visit('carl@contoso.example', async (person) => {
      const { page } = person;
      await open(page, 'Connections');
      const card = page.getByRole('region', { name: 'Pax8' });
      const clientId = await card.getByRole('definition').first().innerText();
      await card.getByRole('button', { name: 'Disconnect Pax8' }).click();
      const question = page.getByRole('dialog', { name: 'Disconnect Pax8?' });
      await question.getByText('Usage and subscriptions are no longer fetched').waitFor();
      await world().album.takeBoth(page, 'disconnect-pax8');
      await question.getByRole('button', { name: 'Cancel' }).click();
      await card.getByText('Connected', { exact: true }).waitFor();
      await card.getByRole('button', { name: 'Disconnect Pax8' }).click();
      await question.getByRole('button', { name: 'Disconnect Pax8' }).click();
      await card.getByText('Not connected').waitFor();
      await card.getByLabel('Client ID').fill(clientId);
      await card.getByLabel('Client secret').fill('local');
      await card.getByRole('button', { name: 'Connect Pax8' }).click();
      await card.getByText('Connected', { exact: true }).waitFor();
      await open(page, 'Audit');
      await expect
        .poll(async () => {
          await page.reload();
          return (await acts(person)).slice(0, 2).map((act) => act.split('\n')[0]);
        }, soon)
        .toEqual(['Connection made', 'Connection removed']);
    }));
};
