import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { open, settled } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** What an administrator does with a draft before it is approved, and takes back after; it ends as it began. */
export const draftCases = (world: () => World): void => {
  const { asAda } = visits(world);
  const customer = 'Litware Legal';
  const drafts = async (page: Page): Promise<void> => {
    await open(page, 'Invoices');
    await page.getByLabel('Status').selectOption('draft');
    await settled(page);
  };
  const openDraft = async (page: Page): Promise<void> => {
    await drafts(page);
    await page.getByRole('link', { name: customer }).first().click();
    await page.getByRole('heading', { level: 1, name: `Invoice for ${customer}` }).waitFor();
    await settled(page);
  };
  const answer = async (page: Page, confirm: string, reason: string): Promise<void> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  it('adds a line, changes it and takes it away again', () =>
    asAda(async ({ page }) => {
      await openDraft(page);
      await page.getByRole('button', { name: 'Add line' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Description').fill('Visit on site');
      await dialog.getByLabel('Quantity').fill('1.5');
      await dialog.getByLabel('Unit price').fill('90');
      await world().album.takeBoth(page, 'add-line');
      await answer(page, 'Add line', 'Agreed on the phone');
      await page.getByRole('button', { name: /^Visit on site/ }).click();
      await page.getByText('Agreed on the phone').waitFor();
      await world().album.takeBoth(page, 'added-line');
      await page.getByRole('button', { name: 'Change Visit on site' }).click();
      await page.getByRole('dialog').getByLabel('Quantity').fill('2');
      await answer(page, 'Save line', 'It took longer');
      await page.getByRole('cell', { name: '$180.00' }).waitFor();
      await page.getByRole('button', { name: 'Remove Visit on site' }).click();
      await answer(page, 'Remove line', 'Billed elsewhere');
      await page.getByRole('button', { name: /^Visit on site/ }).waitFor({ state: 'detached' });
    }));

  it('holds it, releases it, approves it among others, and takes that back', () =>
    asAda(async ({ page }) => {
      await openDraft(page);
      await page.getByRole('button', { name: 'Hold', exact: true }).click();
      await answer(page, 'Hold draft', 'The customer has a question');
      await page.getByText('The customer has a question').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
      await world().album.takeBoth(page, 'held');
      await page.getByRole('button', { name: 'Release', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Release draft' }).click();
      await page.getByRole('button', { name: 'Approve' }).waitFor();

      await drafts(page);
      await page.getByLabel(`Choose ${customer}`).first().check();
      await page.getByRole('button', { name: 'Approve chosen' }).click();
      await world().album.takeBoth(page, 'approve-many');
      await page.getByRole('dialog').getByRole('button', { name: 'Approve invoices' }).click();
      await page.getByText(new RegExp(`${customer}.*: approved`)).waitFor();
      await page.getByLabel('Status').selectOption('approved');
      await page.getByRole('link', { name: customer }).first().click();
      await page.getByRole('button', { name: 'Take back' }).click();
      await answer(page, 'Take back', 'Too early');
      await page.getByRole('button', { name: 'Approve' }).waitFor();
    }));

  it('previews a month, customer by customer', () =>
    asAda(async ({ page }) => {
      await open(page, 'Periods');
      await page
        .getByRole('link', { name: /^Preview/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: /^Preview of/ }).waitFor();
      await settled(page);
      await world().album.takeBoth(page, 'preview');
    }));
};
