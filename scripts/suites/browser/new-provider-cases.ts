import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { pax8ClientId, pax8ClientSecret } from '../../seed/example-providers.ts';
import { fourthProvider } from '../../seed/fourth-provider.ts';
import { prepareVendors } from '../../seed/provide.ts';
import { aPerson, columnOf, open, settled, soon, type Person } from './person.ts';
import { actsIn, clickTwice, requestsOf } from './requests.ts';
import type { World } from './world.ts';

const provider = fourthProvider;
const customers = provider.customers.map(({ name }) => name).sort();
const chosen = 'Tailspin Toys';

/** From an applied Tenant to one invoice in QuickBooks, as its people would go. */
export const newProviderCases = (world: () => World): void => {
  let fay: Person;
  let docNumber: string;
  let stuck = false;
  beforeAll(async () => {
    fay = await aPerson(world().browser);
  });
  afterAll(async () => {
    await fay.leave();
  });
  beforeEach(({ skip, onTestFailed }) => {
    skip(stuck, 'a step before this one failed');
    onTestFailed(() => {
      stuck = true;
    });
  });
  const status = (name: string) => fay.page.getByRole('status').filter({ hasText: name });

  it('is Ready after its Tenant was applied', async () => {
    const { platform, engineer } = world();
    await prepareVendors(platform, provider);
    await engineer.apply(provider);
    await engineer.untilReady(provider);
  });

  it('has its administrator in the portal by the mailed invitation', async () => {
    const { platform, album } = world();
    const { page } = fay;
    await expect
      .poll(async () => {
        await page.goto(platform.endpoints.mailbox);
        return page.getByRole('link', { name: provider.admin.email }).count();
      }, soon)
      .toBe(1);
    await album.take(page, 'mailbox');
    await page.getByRole('link', { name: provider.admin.email }).click();
    await album.take(page, 'invitation');
    await page.locator('a[href*="/invitation?link="]').click();
    await page.getByRole('heading', { name: `${provider.displayName} invites you` }).waitFor();
    await album.takeBoth(page, 'invitation-page');
    await page.getByRole('button', { name: 'Accept and sign in with Microsoft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Worklist' }).waitFor();
    await settled(page);
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.getByRole('banner').innerText()).toContain(provider.displayName);
    expect(await page.getByRole('main').innerText()).toContain('Setting up: the next step needs you.');
    await album.takeBoth(page, 'first-worklist');
  });

  it('connects Pax8, and is told when Pax8 refuses', async () => {
    const { album } = world();
    const { page } = fay;
    await open(page, 'Connections');
    await album.takeBoth(page, 'connections-none');
    await page.getByLabel('Client ID').fill(pax8ClientId(provider));
    await page.getByLabel('Client secret').fill('mistyped');
    await page.getByRole('button', { name: 'Connect Pax8' }).click();
    await page.getByRole('alert').getByText('The vendor refused these credentials').waitFor();
    await album.take(page, 'pax8-refused');
    await page.getByLabel('Client secret').fill(pax8ClientSecret);
    await page.getByRole('button', { name: 'Connect Pax8' }).click();
    await status('Pax8 is connected').waitFor();
  });

  it('connects QuickBooks, also after it was not', async () => {
    const { album } = world();
    const { page } = fay;
    await page.getByRole('button', { name: 'Connect QuickBooks' }).click();
    await page.getByRole('link', { name: 'Do not connect' }).waitFor();
    await album.take(page, 'quickbooks-consent');
    await page.getByRole('link', { name: 'Do not connect' }).click();
    await page.getByRole('alert').getByText('The connection was cancelled').waitFor();
    await settled(page);
    await album.take(page, 'quickbooks-not-connected');
    await page.getByRole('button', { name: 'Connect QuickBooks' }).click();
    await page.getByRole('link', { name: `${provider.displayName} Books` }).click();
    await status('QuickBooks is connected').waitFor();
    await settled(page);
    expect(new URL(page.url()).search).toBe('?connected=quickbooks');
    await album.takeBoth(page, 'connections-both');
  });

  it('imports its customers', async () => {
    const { album } = world();
    const { page } = fay;
    await open(page, 'Customers');
    await album.takeBoth(page, 'customers-none');
    await page.getByRole('button', { name: 'Import from Pax8' }).click();
    await status(`${customers.length} new, 0 renamed, 0 unchanged.`).waitFor();
    expect((await columnOf(page, 'Customers', 'Name')).sort()).toEqual(customers);
    await page.getByRole('button', { name: 'Import from Pax8' }).click();
    await status(`0 new, 0 renamed, ${customers.length} unchanged.`).waitFor();
    expect((await columnOf(page, 'Customers', 'Name')).sort()).toEqual(customers);
    await album.takeBoth(page, 'customers');
  });

  it('has its usage once after two runs, and rules by the names of its products', async () => {
    const { album, engineer } = world();
    const { page } = fay;
    for (const name of ['usage-sync-1', 'usage-sync-2']) await engineer.run(provider.name, 'usage-sync', name);
    await open(page, 'Usage');
    await page.getByRole('combobox', { name: 'Customer' }).fill('robo fabri');
    await page.getByRole('option', { name: 'Fabrikam Robotics' }).click();
    const days = await columnOf(page, 'Usage by day', 'Date');
    expect(days.length).toBeGreaterThan(0);
    expect(new Set(days).size).toBe(days.length);
    await album.takeBoth(page, 'usage');
    await page.getByRole('link', { name: 'Subscriptions' }).click();
    expect(new Set(await columnOf(page, 'Subscriptions', 'Product')).size).toBe(4);
    await album.takeBoth(page, 'subscriptions');

    await open(page, 'Prices');
    await album.takeBoth(page, 'prices-none');
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByLabel('Markup in percent').fill('25');
    await page.getByRole('button', { name: 'Save rule' }).click();
    await page.getByText('Cost + 25 %').waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByLabel('Product').selectOption({ label: 'Microsoft 365 Business Premium' });
    await page.getByLabel('Kind').selectOption({ label: 'Fixed price a unit' });
    await page.getByLabel('Price a unit').fill('22');
    await album.takeBoth(page, 'price-rule-form');
    await page.getByRole('button', { name: 'Save rule' }).click();
    await page.getByText('$22.00 a unit').waitFor();
    const rules = await columnOf(page, 'Price rules', 'For');
    expect(rules.sort()).toEqual([
      'Every product\nEvery customer',
      'Microsoft 365 Business Premium\nEvery customer, a month',
    ]);
    await album.takeBoth(page, 'prices');
  });

  it('has one draft a customer after two runs', async () => {
    const { album, engineer } = world();
    const { page } = fay;
    for (const name of ['invoice-run-1', 'invoice-run-2']) await engineer.run(provider.name, 'invoice-run', name);
    await open(page, 'Invoices');
    expect((await columnOf(page, 'Invoices', 'Customer')).sort()).toEqual(customers);
    expect(new Set(await columnOf(page, 'Invoices', 'Status'))).toEqual(new Set(['Draft']));
    await album.takeBoth(page, 'invoices');
    await open(page, 'Runs');
    expect(await columnOf(page, 'Runs of the billing jobs', 'State')).toEqual(['Done', 'Done', 'Done', 'Done']);
    await album.takeBoth(page, 'runs');
    await open(page, 'Worklist');
    await page.getByRole('region', { name: 'Awaiting approval' }).getByText(`${customers.length} invoices`).waitFor();
    await album.takeBoth(page, 'worklist');
  });

  it('shows how an amount came about', async () => {
    const { album } = world();
    const { page } = fay;
    await open(page, 'Invoices');
    await page.getByRole('link', { name: chosen }).click();
    await page.getByRole('heading', { level: 1, name: `Invoice for ${chosen}` }).waitFor();
    await page.getByRole('button', { name: 'Microsoft 365 Business Basic' }).click();
    await page.getByText('How this amount came about').filter({ visible: true }).waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: '25', visible: true }).first().innerText()).toMatch(
      /25 ?%/,
    );
    await album.takeBoth(page, 'draft-with-steps');
  });

  it('posts the approved draft, and the page says when it is posted', async () => {
    const { album } = world();
    const { page } = fay;
    const requests = requestsOf(page);
    await page.getByRole('button', { name: 'Approve' }).click();
    await album.takeBoth(page, 'approve');
    await clickTwice(page.getByRole('dialog').getByRole('button', { name: 'Approve invoice' }));
    await page.getByRole('button', { name: 'Post to QuickBooks' }).click();
    await album.take(page, 'post');
    await clickTwice(page.getByRole('dialog').getByRole('button', { name: 'Post invoice' }));
    const told = page.locator('[aria-live=polite]').getByText(/^In QuickBooks as /);
    await told.waitFor();
    docNumber = (await told.innerText()).replace('In QuickBooks as ', '');
    expect(docNumber).toMatch(/^LO\d{6}L$/);
    const invoice = `POST /api/billing/v1${new URL(page.url()).pathname}`;
    expect(actsIn(requests)).toEqual([`${invoice}/approval`, `${invoice}/posting`]);
    await page.getByRole('main').getByText('Posted', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /Approve|Post/ }).count()).toBe(0);
    await album.takeBoth(page, 'posted');
  });

  it('finds the invoice in QuickBooks once', async () => {
    const { platform, album, invoicesInQuickBooks } = world();
    const { page } = fay;
    await page.goto(platform.endpoints.quickbooks);
    const books = page.getByRole('region', { name: `${provider.displayName} Books` });
    expect(await books.getByRole('cell', { name: docNumber }).count()).toBe(1);
    await album.take(page, 'quickbooks');
    expect((await invoicesInQuickBooks(provider.quickBooksRealm)).map(({ DocNumber }) => DocNumber)).toEqual([
      docNumber,
    ]);
    await page.goBack();
    await page.getByText(`In QuickBooks as ${docNumber}`).waitFor();
  });

  it('signs out for good', async () => {
    const { album } = world();
    const { page, complaints } = fay;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
    await album.takeBoth(page, 'signed-out');
    expect(complaints).toEqual([]);
  });
};
