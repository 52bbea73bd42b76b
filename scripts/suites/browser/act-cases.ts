import { expect, it } from 'vitest';
import { open, settled, type Person } from './person.ts';
import { actsIn, clickTwice, requestsOf, submitTwice } from './requests.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** What a person does is done once, and its dialog says what came of it. */
export const actCases = (world: () => World): void => {
  const { asDora } = visits(world);
  const dialogOf = ({ page }: Person) => page.getByRole('dialog');
  const done = async (person: Person): Promise<void> => {
    await dialogOf(person).waitFor({ state: 'detached' });
    expect(await person.page.getByRole('alert').count()).toBe(0);
  };
  const confirm = (person: Person, name: string) => dialogOf(person).getByRole('button', { name, exact: true });

  it('adds, renames, archives and reactivates a customer once, however quickly it is pressed twice', () =>
    asDora(async (person) => {
      const { page } = person;
      await open(page, 'Customers');
      const requests = requestsOf(page);
      await page.getByRole('button', { name: 'New customer' }).click();
      const name = dialogOf(person).getByLabel('Name');
      await name.fill('Wide World Importers');
      await submitTwice(name);
      await page.getByRole('heading', { level: 1, name: 'Wide World Importers' }).waitFor();
      await done(person);
      await page.getByRole('button', { name: 'Rename' }).click();
      await name.fill('Wide World');
      await submitTwice(name);
      await page.getByRole('heading', { level: 1, name: 'Wide World', exact: true }).waitFor();
      await done(person);
      await page.getByRole('button', { name: 'Archive' }).click();
      await clickTwice(confirm(person, 'Archive customer'));
      await page.getByRole('button', { name: 'Reactivate' }).waitFor();
      await done(person);
      await page.getByRole('button', { name: 'Reactivate' }).click();
      await clickTwice(confirm(person, 'Reactivate customer'));
      await page.getByRole('button', { name: 'Archive' }).waitFor();
      await done(person);
      const customer = new URL(page.url()).pathname.replace('/customers/', '');
      const patch = `PATCH /api/portal/v1/customers/${customer}`;
      expect(actsIn(requests)).toEqual(['POST /api/portal/v1/customers', patch, patch, patch]);
    }));

  it('adds and removes a price rule once, and imports once', () =>
    asDora(async (person) => {
      const { page } = person;
      await open(page, 'Prices');
      const requests = requestsOf(page);
      await page.getByRole('button', { name: 'Add rule' }).click();
      await page.getByLabel('Markup in percent').fill('33');
      await page.getByLabel('Valid from').fill('2030-01-01');
      await submitTwice(page.getByLabel('Markup in percent'));
      await page.getByRole('cell', { name: 'Cost + 33 %', exact: true }).waitFor();
      await done(person);
      await page.getByRole('button', { name: 'Remove rule Cost + 33 %' }).click();
      await clickTwice(confirm(person, 'Remove rule'));
      await page.getByRole('cell', { name: 'Cost + 33 %', exact: true }).waitFor({ state: 'detached' });
      await done(person);
      await open(page, 'Customers');
      await clickTwice(page.getByRole('button', { name: 'Import from Pax8' }));
      await page
        .getByRole('status')
        .getByText(/unchanged/)
        .waitFor();
      expect(actsIn(requests).map((request) => request.replace(/[^/]{36}$/, '…'))).toEqual([
        'POST /api/billing/v1/price-rules',
        'DELETE /api/billing/v1/price-rules/…',
        'POST /api/portal/v1/customer-imports',
      ]);
    }));

  it('stays with its question until the outcome is known, and then says what it was', () =>
    asDora(async (person) => {
      const { page } = person;
      await open(page, 'Customers');
      await page.getByRole('link', { name: 'Wide World', exact: true }).click();
      let answer = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/v1/customers/*', async (route) => {
        if (route.request().method() === 'PATCH') await held;
        await route.continue();
      });
      await page.getByRole('button', { name: 'Archive' }).click();
      await confirm(person, 'Archive customer').click();
      await page.locator('dialog [aria-busy=true]').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      expect(await dialogOf(person).isVisible()).toBe(true);
      answer();
      await done(person);
      await page.getByRole('button', { name: 'Reactivate' }).waitFor();
    }));

  it('tells an act as done whose answer was lost, when it is tried again', () =>
    asDora(async (person) => {
      const { page } = person;
      // What was done is not told by the way, before it is tried again.
      await page.route('**/v1/changes*', () => undefined);
      await page.reload();
      await settled(page);
      const loseOneAnswer = (path: string, method: string) => {
        let lost = false;
        return page.route(path, async (route) => {
          if (lost || route.request().method() !== method) return route.fallback();
          lost = true;
          await route.fetch();
          return route.abort();
        });
      };
      await open(page, 'Customers');
      await page.getByRole('link', { name: 'Wide World', exact: true }).click();
      await loseOneAnswer('**/v1/customers/*', 'PATCH');
      await page.getByRole('button', { name: 'Reactivate' }).click();
      await confirm(person, 'Reactivate customer').click();
      await dialogOf(person).getByRole('alert').getByText('It is not known whether this was done.').waitFor();
      await world().album.takeBoth(page, 'act-without-answer');
      await confirm(person, 'Reactivate customer').click();
      await done(person);
      await page.getByRole('button', { name: 'Archive' }).waitFor();

      await open(page, 'Prices');
      await page.getByRole('button', { name: 'Add rule' }).click();
      await page.getByLabel('Markup in percent').fill('44');
      await page.getByLabel('Valid from').fill('2030-01-01');
      await loseOneAnswer('**/v1/price-rules', 'POST');
      await page.getByRole('button', { name: 'Save rule' }).click();
      await dialogOf(person).getByRole('alert').waitFor();
      await page.getByRole('button', { name: 'Save rule' }).click();
      await done(person);
      await loseOneAnswer('**/v1/price-rules/*', 'DELETE');
      await page.getByRole('button', { name: 'Remove rule Cost + 44 %' }).click();
      await confirm(person, 'Remove rule').click();
      await dialogOf(person).getByRole('alert').waitFor();
      await confirm(person, 'Remove rule').click();
      await page.getByRole('cell', { name: 'Cost + 44 %', exact: true }).waitFor({ state: 'detached' });
      await done(person);
    }));
};
