import { describe, expect, it } from 'vitest';
import { columnOf, open, refusal, settled, soon, type Person } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

const everything = [
  'Worklist',
  'Customers',
  'Usage',
  'Invoices',
  'Periods',
  'Reconciliation',
  'Shadow runs',
  'Connections',
  'Links',
  'Seats',
  'Prices',
  'Products',
  'Stencils',
  'Cabling',
  'Calculators',
  'Runs',
  'Notices',
  'Team',
  'Audit',
];
const billing = everything.filter((place) => place !== 'Team' && place !== 'Audit');

/** What the portal offers to everybody of the example data, and what it keeps from them. */
/** What whoever may change nothing finds to press. */
const exports: Readonly<Record<string, string[]>> = {
  Invoices: ['Export'],
  Links: ['Export', 'Export clients'],
  // What they get by mail themselves.
  Notices: ['Save choices'],
  Products: ['Export'],
  Reconciliation: ['Export'],
};

export const roleCases = (world: () => World): void => {
  const { visit } = visits(world);
  const places = ({ page }: Person) => page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
  const addressOf = (path: string): string => `${world().platform.endpoints.gateway}${path}`;
  const closed = async ({ page }: Person, paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      await page.goto(addressOf(path));
      await page.getByText('You cannot open this page').waitFor();
    }
  };
  const acts = async ({ page }: Person): Promise<string[]> =>
    (await page.getByRole('main').getByRole('button').allInnerTexts()).filter((name) => name !== 'Load more');

  it.each([
    ['ada@northwind.example', 'Northwind IT'],
    ['carl@contoso.example', 'Contoso Managed Services'],
    ['dora@adatum.example', 'Adatum Support'],
  ])('%s, an administrator, sees all of %s', (email, organisation) =>
    visit(email, async (person) => {
      expect(await places(person)).toEqual(everything);
      expect(await person.page.getByRole('banner').innerText()).toContain(`${organisation}\n`);
      for (const place of everything) await open(person.page, place);
    }),
  );

  it('ben, a billing viewer, sees billing and changes nothing', () =>
    visit('ben@northwind.example', async (person) => {
      const { page } = person;
      expect(await places(person)).toEqual(billing);
      await page.getByText('5 things need an administrator.').waitFor();
      await world().album.takeBoth(page, 'billing-viewer-worklist');
      for (const place of billing) {
        await open(page, place);
        expect([place, await acts(person)]).toEqual([place, exports[place] ?? []]);
      }
      await open(page, 'Invoices');
      await page.getByRole('link', { name: 'Wingtip Clinics' }).click();
      await page.getByRole('table', { name: 'Lines of the invoice' }).waitFor();
      expect(await page.getByRole('button', { name: /Approve|Post to/ }).count()).toBe(0);
      await closed(person, ['/team', '/audit']);
    }));

  it('sam, of support, keeps customers and sees no billing', () =>
    visit('sam@northwind.example', async (person) => {
      const { page } = person;
      expect(await places(person)).toEqual(['Customers', 'Products', 'Stencils', 'Cabling', 'Calculators']);
      expect(new URL(page.url()).pathname).toBe('/customers');
      expect(await columnOf(page, 'Customers', 'Name')).toHaveLength(6);
      await page.getByRole('link', { name: 'Litware Legal' }).click();
      await page.getByRole('heading', { level: 1, name: 'Litware Legal' }).waitFor();
      await page.getByText('Not linked to SuperOps').waitFor();
      const sections = () => page.getByRole('heading', { level: 2 }).allInnerTexts();
      await expect.poll(sections, soon).toEqual(['Tickets']);
      await world().album.takeBoth(page, 'support-customer');
      await closed(person, [
        '/usage',
        '/invoices',
        '/reconciliation',
        '/shadow-runs',
        '/connections',
        '/links',
        '/prices',
        '/runs',
        '/notices',
        '/team',
        '/audit',
      ]);
      await world().album.takeBoth(page, 'not-allowed');
    }));

  describe('gia, a guest of Fabrikam Robotics', () => {
    const gia = 'gia@fabrikam.example';

    it('sees what Fabrikam used, without what it cost its provider', () =>
      visit(gia, async (person) => {
        const { page } = person;
        expect(await places(person)).toEqual(['Usage', 'Invoices', 'Products', 'Stencils', 'Cabling']);
        await page.getByRole('table', { name: 'Usage by day' }).waitFor();
        const heads = () => page.getByRole('table').getByRole('columnheader').allInnerTexts();
        expect(await heads()).toEqual(['Date', 'Product', 'Quantity']);
        expect(await page.getByLabel('Customer').count()).toBe(0);
        await world().album.takeBoth(page, 'guest-usage');
        await page.getByRole('link', { name: 'Subscriptions' }).click();
        expect(await columnOf(page, 'Subscriptions', 'Product')).toHaveLength(4);
        expect(await heads()).toEqual(['Product', 'Status', 'Term', 'Since', 'Quantity']);
        await world().album.takeBoth(page, 'guest-subscriptions');
      }));

    it('sees the invoices of Fabrikam, and of nobody else', async () => {
      let foreign = '';
      await visit('ada@northwind.example', async ({ page }) => {
        await open(page, 'Invoices');
        foreign = (await page.getByRole('link', { name: 'Tailspin Toys' }).getAttribute('href')) ?? '';
      });
      await visit(gia, async (person) => {
        const { page } = person;
        await open(page, 'Invoices');
        await settled(page);
        await world().album.takeBoth(page, 'guest-invoices');
        expect(await page.getByRole('main').innerText()).toMatch(/Posted/i);
        expect(await page.getByRole('main').innerText()).not.toMatch(/Tailspin|Wingtip|Alpine|Litware|Proseware/);
        await page.goto(addressOf(foreign));
        await page.getByRole('alert').getByText('There is no such invoice').waitFor();
        await world().album.take(page, 'guest-foreign-invoice');
        await closed(person, [
          '/customers',
          '/connections',
          '/links',
          '/prices',
          '/calculators',
          '/runs',
          '/team',
          '/audit',
        ]);
      });
    });
  });

  it('dora of Adatum Support is pointed at its two exceptions, each with its next step', () =>
    visit('dora@adatum.example', async ({ page }) => {
      const group = (title: string) => page.getByRole('region', { name: title });
      const unbilled = await group('No price').getByRole('listitem').innerText();
      expect(unbilled).toContain('Blue Yonder Airlines');
      expect(unbilled).toMatch(
        /Endpoint backup[^]*Next step: Press “Add rule” under “Prices”; the next invoice run takes it up/,
      );
      const tooCheap = await group('Sold below cost').getByRole('listitem').innerText();
      expect(tooCheap).toContain('Coho Winery');
      expect(tooCheap).toMatch(/Mail security, monthly is sold below its cost[^]*Next step: Check the price rule/);
      await world().album.takeBoth(page, 'adatum-worklist');
      await page.route('**/dismissal', (route) => route.fulfill(refusal(503, 'service.unavailable')), { times: 1 });
      await group('Sold below cost')
        .getByRole('button', { name: /^Dismiss/ })
        .click();
      const question = page.getByRole('dialog', { name: 'Dismiss this exception?' });
      await question.getByText(/Coho Winery[^]*Mail security, monthly is sold below its cost/).waitFor();
      await question.getByRole('button', { name: 'Dismiss exception' }).click();
      await question.getByRole('alert').getByText('service.unavailable').waitFor();
      await world().album.takeBoth(page, 'not-dismissed');
      await question.getByRole('button', { name: 'Cancel' }).click();
      await group('No price').getByRole('link', { name: 'Price rules' }).click();
      await page.getByRole('heading', { level: 1, name: 'Prices' }).waitFor();
      expect(await columnOf(page, 'Price rules', 'For')).toContain('Mail security\nEvery customer, a month');
      await world().album.takeBoth(page, 'adatum-prices');
    }));
};
