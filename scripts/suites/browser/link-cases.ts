import { expect, it } from 'vitest';
import { columnOf, open, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** Who customers are in QuickBooks, and what stands on their invoices, as an administrator says it. */
export const linkCases = (world: () => World): void => {
  const { visit, asDora } = visits(world);
  const table = 'Customers and who they are in QuickBooks';

  it('shows each customer with who it is, and has a new one made under a name of its own', () =>
    asDora(async ({ page }) => {
      await open(page, 'Links');
      await expect
        .poll(() => columnOf(page, table, 'Customer'), soon)
        .toEqual(expect.arrayContaining(['Blue Yonder Airlines', 'Coho Winery']));
      await world().album.takeBoth(page, 'links');
      await page.getByRole('button', { name: 'Pick another: Coho Winery' }).click();
      const dialog = page.getByRole('dialog', { name: 'Who is Coho Winery in QuickBooks?' });
      await dialog.getByLabel('Customer', { exact: true }).selectOption('A new one, made with the next invoice');
      await dialog.getByLabel('Name in QuickBooks').fill('Coho: Winery');
      await dialog.getByRole('button', { name: 'Save link' }).click();
      await dialog.getByText('QuickBooks takes no colon in a name').first().waitFor();
      await dialog.getByLabel('Name in QuickBooks').fill('Coho Winery and Vineyard');
      await world().album.take(page, 'link-new-customer');
      await dialog.getByRole('button', { name: 'Save link' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Coho Winery and Vineyard, made with the next invoice').waitFor();
    }));

  it('adds what stands on invoices, and takes it back', () =>
    asDora(async ({ page }) => {
      await open(page, 'Links');
      await page.getByRole('button', { name: 'Add choice' }).click();
      const dialog = page.getByRole('dialog', { name: 'What stands on invoices?' });
      await dialog.getByLabel('Kind').selectOption('Terms');
      await dialog.getByLabel('In QuickBooks').selectOption('Net 30');
      await dialog.getByRole('button', { name: 'Save choice' }).click();
      await dialog.waitFor({ state: 'detached' });
      const removal = page.getByRole('button', { name: 'Remove Terms Net 30' });
      await removal.waitFor();
      await world().album.takeBoth(page, 'links-with-terms');
      await removal.click();
      const question = page.getByRole('dialog', { name: 'Remove Net 30?' });
      await question.getByRole('button', { name: 'Remove choice' }).click();
      await removal.waitFor({ state: 'detached' });
    }));

  it('is saved as a table, also by who may change nothing', () =>
    visit('ben@northwind.example', async ({ page }) => {
      await open(page, 'Links');
      await page.getByRole('table', { name: table }).waitFor();
      expect(await page.getByRole('button', { name: /^Pick another/ }).count()).toBe(0);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export', exact: true }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('links.csv');
    }));
};
