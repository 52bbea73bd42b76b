import { expect, it } from 'vitest';
import { columnOf, open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** A month set against what Pax8 has billed, and against invoices in QuickBooks. */
export const reconciliationCases = (world: () => World): void => {
  const { asAda, asDora, visit } = visits(world);

  it('a month shows what Pax8 bills and nobody is billed for, its margin, and a table to keep', () =>
    asDora(async ({ page }) => {
      await open(page, 'Reconciliation');
      await page.getByRole('table', { name: 'Totals of the month by currency' }).waitFor();
      const compared = page.getByRole('table', { name: 'Subscriptions of the month, compared' });
      // 70 × 2.375, and no rule prices it.
      const backup = compared.getByRole('row').filter({ hasText: 'Endpoint backup' });
      // The first is that of a narrow screen.
      await backup.getByText('Not billed').last().waitFor();
      await backup.getByRole('cell', { name: '$166.25' }).first().waitFor();
      await page.getByRole('list', { name: 'Differences of the month' }).getByText('1: $166.25 at stake').waitFor();
      await world().album.takeBoth(page, 'reconciliation');
      await page.getByLabel('Difference', { exact: true }).selectOption('Not billed');
      await settled(page);
      await expect.poll(() => compared.getByRole('row').count(), soon).toBe(2);
      expect(new URL(page.url()).searchParams.get('reason')).toBe('not-billed');
      await page.getByLabel('Margin by').selectOption('Product');
      await expect
        .poll(() => columnOf(page, 'Margin of the month', 'Name'), soon)
        .toEqual(expect.arrayContaining(['Endpoint backup', 'Mail security']));
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^reconciliation-\d{4}-\d{2}\.csv$/);
    }));

  it('an administrator says from what on differences are told', () =>
    asDora(async ({ page }) => {
      await open(page, 'Reconciliation');
      await page.getByText('The worklist tells differences of one cause from $5.00 on.').waitFor();
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Which differences are told?' });
      await dialog.getByLabel('Or from a per cent on').fill('200');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByRole('alert').getByText('Above 0 and at most 100; leave it out for none').waitFor();
      await dialog.getByLabel('From an amount on, in USD').fill('25');
      await dialog.getByLabel('Or from a per cent on').fill('2.5');
      await world().album.take(page, 'variance-threshold');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('from $25.00 on, or from 2.5 % of what is billed').waitFor();
    }));

  it('a past month is compared with QuickBooks line by line, and kept', () =>
    asAda(async ({ page }) => {
      await open(page, 'Shadow runs');
      await page.getByText('No shadow run yet').waitFor();
      await page.getByRole('button', { name: 'New shadow run' }).click();
      const dialog = page.getByRole('dialog', { name: 'Which month is set against QuickBooks?' });
      await world().album.take(page, 'shadow-run-question');
      await dialog.getByRole('button', { name: 'Start shadow run' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('table', { name: 'Lines, compared' }).waitFor();
      await page.getByRole('list', { name: 'Outcomes' }).getByText('The same').first().waitFor();
      await world().album.takeBoth(page, 'shadow-run');
      await page.getByLabel('Outcome', { exact: true }).selectOption('The same');
      await settled(page);
      expect(new Set(await columnOf(page, 'Lines, compared', 'Outcome'))).toEqual(
        new Set(['The same\nby the product']),
      );
    }));

  it('who may change nothing reads a shadow run and starts none', () =>
    visit('ben@northwind.example', async ({ page }) => {
      await open(page, 'Shadow runs');
      await page.getByRole('table', { name: 'Lines, compared' }).waitFor();
      expect(await page.getByRole('button', { name: 'New shadow run' }).count()).toBe(0);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^shadow-run-\d{4}-\d{2}\.csv$/);
    }));
};
