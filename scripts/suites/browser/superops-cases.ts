import { addMonths, localDate, monthOf } from '@legendops/billing/rating/period';
import { expect, it } from 'vitest';
import { superOpsToken } from '../../seed/superops-account.ts';
import { columnOf, open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** The first day of the month that the example data bills. */
const lastMonth = (): string => addMonths(monthOf(localDate(new Date(), 'America/Chicago')).start, -1);

/** A service desk: who its clients are, and a connection that ends and is made again. */
export const superOpsCases = (world: () => World): void => {
  const { visit, asDora } = visits(world);
  const table = 'Clients in SuperOps and which customers they are';

  it('says which customer a client may be, and links it when a person confirms', () =>
    asDora(async ({ page }) => {
      await open(page, 'Links');
      await expect.poll(() => columnOf(page, table, 'State'), soon).toEqual(['Confirm', 'Confirm']);
      await world().album.takeBoth(page, 'clients');
      await page.getByRole('button', { name: 'Confirm: Coho Winery is Coho Winery' }).click();
      const question = page.getByRole('dialog', { name: 'Confirm this customer?' });
      await question.getByRole('button', { name: 'Confirm link' }).click();
      await question.waitFor({ state: 'detached' });
      await expect.poll(() => columnOf(page, table, 'State'), soon).toEqual(['Confirm', 'Linked']);
    }));

  it('refuses a customer that is another client, and takes a link back', () =>
    asDora(async ({ page }) => {
      await open(page, 'Links');
      await page.getByRole('button', { name: 'Pick a customer for Blue Yonder Airlines' }).click();
      const dialog = page.getByRole('dialog', { name: 'Which customer is Blue Yonder Airlines?' });
      await dialog.getByRole('combobox', { name: 'Customer' }).fill('coho');
      await page.getByRole('option', { name: 'Coho Winery' }).click();
      await dialog.getByRole('button', { name: 'Save link' }).click();
      await dialog.getByText('This customer is another client in SuperOps already').waitFor();
      await world().album.take(page, 'client-taken');
      await dialog.getByRole('combobox', { name: 'Customer' }).fill('blue');
      await page.getByRole('option', { name: 'Blue Yonder Airlines' }).click();
      await dialog.getByRole('button', { name: 'Save link' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => columnOf(page, table, 'State'), soon).toEqual(['Linked', 'Linked']);
      await page.getByRole('button', { name: 'Remove the link of Blue Yonder Airlines' }).click();
      const question = page.getByRole('dialog', { name: 'Remove this link?' });
      await question.getByRole('button', { name: 'Remove link' }).click();
      await question.waitFor({ state: 'detached' });
      await expect.poll(() => columnOf(page, table, 'State'), soon).toEqual(['Confirm', 'Linked']);
    }));

  it('says that a new token has ended the one that is connected, and takes the new one', () =>
    asDora(async ({ page }) => {
      const { superops } = world().platform.vendors;
      const userId = superops.account('adatum')?.users[0]?.userId ?? '';
      superops.byHand('adatum', { act: 'new-token', userId, token: 'made-by-somebody' });
      await open(page, 'Links');
      // Clients and items say so, each where it would be.
      await page.getByRole('alert').getByText('one at a time').first().waitFor();
      await open(page, 'Connections');
      const card = page.getByRole('region', { name: 'SuperOps' });
      await card.getByText('Reconnect', { exact: true }).waitFor();
      await world().album.takeBoth(page, 'superops-reconnect');
      await card.getByLabel('API token').fill(superOpsToken);
      await card.getByRole('button', { name: 'Connect SuperOps', exact: true }).click();
      await card.getByRole('alert').getByText('one at a time').waitFor();
      await card.getByLabel('API token').fill('made-by-somebody');
      await card.getByRole('button', { name: 'Connect SuperOps', exact: true }).click();
      await card.getByRole('status').filter({ hasText: 'SuperOps is connected' }).waitFor();
    }));

  it('has the tickets and devices of a customer, takes a new ticket once, and an answer', () =>
    asDora(async ({ page }) => {
      await open(page, 'Customers');
      await page.getByRole('link', { name: 'Blue Yonder Airlines' }).click();
      await page.getByText('Not linked to SuperOps').waitFor();
      await open(page, 'Customers');
      await page.getByRole('link', { name: 'Coho Winery' }).click();
      const subjects = () => columnOf(page, 'Tickets', 'Subject');
      await expect.poll(subjects, soon).toEqual(['Printer on the second floor of Coho Winery']);
      expect(await columnOf(page, 'Devices', 'Warranty until')).toEqual(['Mar 31, 2027', 'Not known']);
      await world().album.takeBoth(page, 'customer-service-desk');
      await page.getByRole('button', { name: 'Refresh devices' }).click();
      await page.getByRole('button', { name: 'Refresh devices' }).waitFor({ state: 'detached' });
      expect(await columnOf(page, 'Devices', 'Name')).toEqual(['LAPTOP-01', 'SERVER-01']);
      const contacts = () => columnOf(page, 'Contacts in SuperOps', 'Name');
      expect(await contacts()).toEqual(['Ada Example', 'Ben Example']);
      await page.getByRole('button', { name: 'New contact' }).click();
      const person = page.getByRole('dialog', { name: 'New contact of Coho Winery' });
      await person.getByLabel('First name').fill('Cleo');
      await person.getByLabel('Last name').fill('Example');
      await person.getByLabel('E-mail').fill('cleo@coho-winery.example');
      await world().album.takeBoth(page, 'new-contact');
      await person.getByRole('button', { name: 'Add contact' }).click();
      await person.waitFor({ state: 'detached' });
      await expect.poll(contacts, soon).toEqual(['Ada Example', 'Ben Example', 'Cleo Example']);
      world().platform.vendors.superops.operationFaults.add({
        operation: 'createTicket',
        effect: 'lose-reply',
        count: 1,
      });
      await page.getByRole('button', { name: 'New ticket' }).click();
      const dialog = page.getByRole('dialog', { name: 'New ticket for Coho Winery' });
      await dialog.getByLabel('Subject').fill('A new laptop');
      await dialog.getByLabel('What it is about').fill('For the new colleague.');
      await dialog.getByLabel('Priority').selectOption('High');
      await world().album.take(page, 'new-ticket');
      await dialog.getByRole('button', { name: 'Open ticket' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(subjects, soon).toEqual(['A new laptop', 'Printer on the second floor of Coho Winery']);
      await page.getByRole('button', { name: 'Open ticket 2', exact: true }).click();
      const ticket = page.getByRole('dialog', { name: '2: Printer on the second floor of Coho Winery' });
      await ticket.getByText('It prints blank pages.').waitFor();
      await world().album.takeBoth(page, 'ticket');
      await ticket.getByLabel('Your answer').fill('A new drum is on its way.');
      await ticket.getByRole('button', { name: 'Send answer' }).click();
      await ticket.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Open ticket 2', exact: true }).click();
      await ticket.getByText('A new drum is on its way.').waitFor();
      await ticket.getByRole('button', { name: 'Cancel' }).click();
    }));

  it('has seats brought into contracts once a person has said what is what, seen the changes and approved them', () =>
    asDora(async ({ page }) => {
      await open(page, 'Links');
      const items = 'Products at Pax8 and which items in SuperOps they are';
      await expect.poll(() => columnOf(page, items, 'State'), soon).toContain('Confirm');
      await world().album.takeBoth(page, 'seat-items');
      const basic = 'Microsoft 365 Business Basic';
      await page.getByRole('button', { name: `Confirm: ${basic} is the item ${basic}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm item' }).click();
      await page.getByRole('button', { name: `Remove the item of ${basic}` }).waitFor();
      await open(page, 'Seats');
      await page.getByText('No month was compared yet').waitFor();
      await page.getByRole('button', { name: 'Check seats' }).click();
      const dialog = page.getByRole('dialog', { name: 'Which month’s seats are compared?' });
      await dialog.getByRole('button', { name: 'Check month' }).click();
      const lines = 'Seats at Pax8 and contracts in SuperOps';
      await expect.poll(() => columnOf(page, lines, 'In SuperOps'), soon).toEqual(['–', '13']);
      expect(await columnOf(page, lines, 'At Pax8')).toEqual(['17', '17']);
      await settled(page);
      await world().album.takeBoth(page, 'seats-draft');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve changes' }).click();
      await page.getByText('1 of the approved changes are not in SuperOps yet').waitFor();
      await world().album.take(page, 'seats-approved');
      await page.getByRole('button', { name: 'Send to SuperOps' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Send changes' }).click();
      await page.getByText('Done', { exact: true }).waitFor();
      await settled(page);
      await world().album.takeBoth(page, 'seats-sent');
      await page.getByRole('link', { name: 'Coho Winery' }).first().click();
      await expect.poll(async () => (await columnOf(page, 'Contracts', 'Quantity'))[0], soon).toMatch(/^17/);
      await world().album.takeBoth(page, 'contracts');
    }));

  it('says which contract still has the seats of a product that is another item now', () =>
    asDora(async ({ page }) => {
      await open(page, 'Links');
      await page.getByRole('button', { name: 'Remove the item of Microsoft 365 Business Basic' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove item' }).click();
      await page.getByRole('button', { name: 'Confirm: Microsoft 365 Business Basic is' }).waitFor();
      await open(page, 'Seats');
      await page.getByRole('table', { name: 'Months that were compared' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Check seats again' }).click();
      const lines = page.getByRole('table', { name: 'Seats at Pax8 and contracts in SuperOps' });
      const left = lines.getByRole('row').filter({ hasText: 'it still has their seats' });
      await left.getByText('Enter 0 from this day on in SuperOps').last().waitFor();
      await settled(page);
      await world().album.takeBoth(page, 'seats-left-behind');
    }));

  it('opens a ticket for what waits on the worklist, which says so, and takes it off again', () =>
    asDora(async ({ page }) => {
      await open(page, 'Worklist');
      const group = page.getByRole('region', { name: 'Sold below cost' });
      const row = group.getByRole('listitem').filter({ hasText: 'Coho Winery' }).first();
      await row.getByRole('button', { name: /^Add ticket/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Ticket for Coho Winery' });
      await dialog.getByLabel('Subject').fill('What you pay for mail security');
      await dialog.getByLabel('What it is about').fill('We would like to talk about it.');
      await world().album.takeBoth(page, 'exception-ticket');
      await dialog.getByRole('button', { name: 'Open ticket' }).click();
      await dialog.waitFor({ state: 'detached' });
      const link = row.getByRole('link', { name: 'Ticket: What you pay for mail security' });
      await link.waitFor();
      await settled(page);
      await world().album.takeBoth(page, 'worklist-ticket');
      await link.click();
      const ours = page.getByRole('row').filter({ hasText: 'What you pay for mail security' });
      // After an act of ours the list is read from SuperOps itself.
      await ours.waitFor();
      // What comes meanwhile moves the rows.
      await settled(page);
      await ours.getByRole('button', { name: /^Open ticket/ }).click();
      const ticket = page.getByRole('dialog', { name: /What you pay for mail security/ });
      await ticket.getByText('For an exception on the worklist').waitFor();
      await world().album.takeBoth(page, 'ticket-of-exception');
      await ticket.getByRole('button', { name: 'Cancel' }).click();
      await open(page, 'Worklist');
      await row.getByRole('button', { name: /^Remove ticket/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove ticket' }).click();
      await row.getByRole('button', { name: /^Add ticket/ }).waitFor();
    }));

  it('asks which name stays where both were changed, and gives both the one that is kept', () =>
    asDora(async ({ page }) => {
      const { superops } = world().platform.vendors;
      const client = superops.account('adatum')?.clients.find(({ name }) => name === 'Coho Winery');
      await open(page, 'Customers');
      await page.getByRole('link', { name: 'Coho Winery' }).click();
      await page.getByRole('button', { name: 'Rename' }).click();
      const renaming = page.getByRole('dialog');
      await renaming.getByLabel('Name').fill('Coho Winery East');
      await renaming.getByRole('button', { name: 'Rename customer' }).click();
      await renaming.waitFor({ state: 'detached' });
      superops.byHand('adatum', { act: 'rename-client', accountId: String(client?.accountId), name: 'Coho West' });
      await world().engineer.run('adatum', 'psa-sync', 'names');
      await open(page, 'Links');
      await page.getByText('It was renamed here and in SuperOps').waitFor();
      await world().album.takeBoth(page, 'names-differ');
      superops.byHand('adatum', { act: 'rename-client', accountId: String(client?.accountId), name: 'Coho Winery' });
      await page.getByRole('button', { name: /^Keep their name / }).click();
      const question = page.getByRole('dialog', { name: 'Keep theirs?' });
      await question.getByRole('button', { name: 'Keep theirs' }).click();
      await question.waitFor({ state: 'detached' });
      await expect.poll(() => columnOf(page, table, 'Customer'), soon).toContain('Coho Winery');
      expect(await page.getByText('It was renamed here').count()).toBe(0);
    }));

  it('posts nothing for a customer whom it invoices, too, until a person says that the two differ', () =>
    asDora(async ({ page }) => {
      const account = world().platform.vendors.superops.account('adatum');
      const client = account?.clients.find(({ name }) => name === 'Coho Winery');
      account?.invoices.push({
        invoiceId: '7000000000000000007',
        displayId: '070707-0007',
        client: { accountId: client?.accountId, name: client?.name },
        invoiceDate: lastMonth(),
        statusEnum: 'APPROVED',
        totalAmount: '99.50',
      });
      await open(page, 'Invoices');
      await page.getByRole('link', { name: 'Coho Winery' }).first().click();
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve invoice' }).click();
      await page.getByRole('button', { name: 'Post to QuickBooks' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Post invoice' }).click();
      await page.getByText('Not sent: who invoices this?').waitFor();
      await page.getByText(/070707-0007 of .* over 99\.50\. This invoice/).waitFor();
      await settled(page);
      await world().album.takeBoth(page, 'superops-invoices-too');
      await open(page, 'Worklist');
      await page.getByRole('region', { name: 'Invoiced by SuperOps, too?' }).getByText('Coho Winery').first().waitFor();
      await page.goBack();
      await page.getByRole('button', { name: 'Post here, too' }).click();
      const dialog = page.getByRole('dialog', { name: 'Post here, too?' });
      await dialog.getByLabel('This holds for').selectOption('all');
      await world().album.takeBoth(page, 'post-here-too');
      await dialog.getByRole('button', { name: 'Post here, too' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(/^In QuickBooks as /).waitFor();
      await open(page, 'Links');
      const choices = page.getByRole('table', { name: 'Customers that SuperOps invoices, too' });
      await choices.getByText('every month').waitFor();
      await world().album.takeBoth(page, 'superops-choices');
      await choices.getByRole('button', { name: 'Take back: Coho Winery, every month' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
      await choices.waitFor({ state: 'detached' });
    }));

  it('is shown, and left alone, by who may change nothing', () =>
    visit('ben@northwind.example', async ({ page }) => {
      await open(page, 'Connections');
      const card = page.getByRole('region', { name: 'SuperOps' });
      await card.getByText('Connected', { exact: true }).waitFor();
      await card.getByText(/^Last read on .*: \d+ clients, /).waitFor();
      await world().album.takeBoth(page, 'superops-read');
      expect(await card.getByRole('button').count()).toBe(0);
      await open(page, 'Links');
      await page.getByRole('table', { name: table }).waitFor();
      expect(await page.getByRole('button', { name: /^Pick a customer for/ }).count()).toBe(0);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export clients' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('client-links.csv');
    }));
};
