import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { exampleProviders } from '../../seed/example-providers.ts';
import { open, settled } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** What becomes of an invoice in QuickBooks after it was posted, as an administrator sees it. */
export const bookEntryCases = (world: () => World): void => {
  const { asAda } = visits(world);
  const realmId = (): string => {
    const northwind = exampleProviders.find(({ admin }) => admin.email === 'ada@northwind.example');
    if (northwind === undefined) throw new Error('The example data has no Northwind');
    return northwind.quickBooksRealm;
  };
  const books = () => `${world().platform.endpoints.quickbooks}/_control/companies/${realmId()}`;
  /** What a person does in QuickBooks itself; the books are looked at after it, as they are some minutes later. */
  const byHand = async (act: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${books()}/by-hand`, { method: 'POST', headers, body: JSON.stringify(act) });
    if (!answer.ok) throw new Error(await answer.text());
    await world().changeBilling('update billing.account_looks set next_look_at = now()');
  };
  const openInvoice = async (page: Page, customer: string): Promise<string> => {
    await open(page, 'Invoices');
    await page.getByRole('link', { name: customer }).first().click();
    await page.getByRole('heading', { level: 1, name: `Invoice for ${customer}` }).waitFor();
    await settled(page);
    return page.getByRole('main').innerText();
  };
  const quickBooksIdOf = async (docNumber: string): Promise<string> => {
    const held = (await (await fetch(`${books()}/invoices`)).json()) as { Id: string; DocNumber: string }[];
    return held.find(({ DocNumber }) => DocNumber === docNumber)?.Id ?? '';
  };
  const numberIn = (text: string): string => /LO\d{6}L/.exec(text)?.[0] ?? '';

  it('shows what is paid, and what somebody has changed there until that is confirmed', () =>
    asAda(async ({ page }) => {
      const docNumber = numberIn(await openInvoice(page, 'Fabrikam Robotics'));
      const invoiceId = await quickBooksIdOf(docNumber);
      await byHand({ action: 'pay', invoiceId, amount: 1 });
      const payment = page.getByRole('region', { name: 'Payment' });
      await payment.getByText(/Partly paid|Overdue/).waitFor();
      await payment.getByText('$1.00').waitFor();
      expect(await page.getByRole('button', { name: 'Void' }).count()).toBe(0);
      await byHand({ action: 'edit', invoiceId, change: { DocNumber: '1001' } });
      await page.getByText('Another number in QuickBooks').waitFor();
      await world().album.takeBoth(page, 'invoice-changed-in-quickbooks');
      await open(page, 'Worklist');
      await page.getByText(`${docNumber} of Fabrikam Robotics was posted as ${docNumber} and is 1001`).waitFor();
      await page.getByRole('link', { name: 'Open invoice' }).first().waitFor();
      await openInvoice(page, 'Fabrikam Robotics');
      await page.getByRole('button', { name: 'Confirm change' }).click();
      const dialog = page.getByRole('dialog', { name: 'Is it right as it is in QuickBooks?' });
      await world().album.take(page, 'confirm-change');
      await dialog.getByRole('button', { name: 'Confirm change' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Another number in QuickBooks').waitFor({ state: 'detached' });
      await world().album.takeBoth(page, 'invoice-partly-paid');
    }));

  it('lists what is paid of each invoice, narrowed to what is and what is not, and as a table', () =>
    asAda(async ({ page }) => {
      await open(page, 'Invoices');
      const row = page
        .getByRole('table', { name: 'Invoices' })
        .getByRole('row')
        .filter({ hasText: 'Fabrikam Robotics' });
      await row.getByText(/Partly paid|Overdue/).waitFor();
      await row.getByText(/ open/).waitFor();
      await world().album.takeBoth(page, 'invoices-with-payments');
      const state = (await row.getByText(/^(Partly paid|Overdue)$/).innerText()).trim();
      await page.getByLabel('Payment', { exact: true }).selectOption('Paid');
      await page.getByText('No invoice is in the state “Paid”').waitFor();
      await page.getByLabel('Payment', { exact: true }).selectOption(state);
      await row.waitFor();
      expect(new URL(page.url()).searchParams.get('paymentState')).toMatch(/partly-paid|overdue/);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('invoices.csv');
    }));

  it('voids an invoice in QuickBooks, for a reason, and says when it is done', () =>
    asAda(async ({ page }) => {
      await openInvoice(page, 'Litware Legal');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve invoice' }).click();
      await page.getByRole('button', { name: 'Post to QuickBooks' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Post invoice' }).click();
      await page.getByText(/^In QuickBooks as /).waitFor();
      const docNumber = numberIn(await page.getByRole('main').innerText());
      await page.getByRole('button', { name: 'Void', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Void this invoice?' });
      await dialog.getByLabel('Reason').fill('Sent to the wrong customer');
      await dialog.getByLabel('What it bills').selectOption('is billed anew, by the next run');
      await world().album.takeBoth(page, 'void');
      await dialog.getByRole('button', { name: 'Void invoice' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Void in QuickBooks').waitFor();
      await page.getByText(`${docNumber} is void`).waitFor();
      await world().album.takeBoth(page, 'voided');
      const held = await world().invoicesInQuickBooks(realmId());
      expect(held.find(({ DocNumber }) => DocNumber === docNumber)?.TotalAmt).toBe(0);
    }));
};
