import { expect, it } from 'vitest';
import { columnOf, open, refusal, soon, type Person } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

const matches = '**/api/portal/v1/customers?*';

/** One of many customers is chosen by typing: with the keyboard, on a phone, over a slow network. */
export const pickerCases = (world: () => World): void => {
  const { asAda } = visits(world);
  const fieldOf = ({ page }: Person) => page.getByRole('combobox', { name: 'Customer' });

  it('chooses by Enter what was typed, never what was listed before it', () =>
    asAda(async (person) => {
      const { page } = person;
      await open(page, 'Invoices');
      const field = fieldOf(person);
      await field.click();
      await page.getByRole('option', { name: 'Alpine Ski House' }).waitFor();
      let answer = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route(matches, async (route) => {
        await held;
        await route.continue();
      });
      await field.pressSequentially('litware');
      await page.keyboard.press('Enter');
      expect([await field.inputValue(), new URL(page.url()).search]).toEqual(['litware', '']);
      answer();
      await page.getByRole('option', { name: 'Litware Legal', selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => field.inputValue(), soon).toBe('Litware Legal');
      expect(new URL(page.url()).search).toMatch(/customerId=/);
      await field.fill('');
      await page.keyboard.press('Enter');
      await expect.poll(() => new URL(page.url()).search, soon).toBe('');
    }));

  it('leaves the Enter that ends a word of an input method to the input method', () =>
    asAda(async (person) => {
      const { page } = person;
      await open(page, 'Invoices');
      const field = fieldOf(person);
      await field.click();
      await page.getByRole('option', { name: 'Alpine Ski House' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
      await page.getByRole('option', { name: 'Alpine Ski House', selected: true }).waitFor();
      expect(new URL(page.url()).search).toBe('');
    }));

  it('keeps the active choice in sight', () =>
    asAda(async (person) => {
      const { page } = person;
      await page.setViewportSize({ width: 1280, height: 400 });
      await page.route(matches, async (route) => {
        const answer = await route.fetch();
        const body = (await answer.json()) as { data: { id: string; name: string }[] };
        const [first] = body.data;
        const data = Array.from({ length: 20 }, (_, n) => ({
          ...first,
          id: crypto.randomUUID(),
          name: `Customer ${n}`,
        }));
        await route.fulfill({ response: answer, json: { ...body, data } });
      });
      await open(page, 'Invoices');
      await fieldOf(person).click();
      await page.getByRole('option', { name: 'Customer 19' }).waitFor();
      await page.keyboard.press('ArrowUp');
      const last = page.getByRole('option', { name: 'Customer 19', selected: true });
      await last.waitFor();
      expect(
        await last.evaluate((option) => {
          const [at, list] = [option.getBoundingClientRect(), option.parentElement?.getBoundingClientRect()];
          return list !== undefined && at.top >= list.top && at.bottom <= list.bottom + 1;
        }),
      ).toBe(true);
    }));

  it('lets a finger move the list without choosing', () =>
    asAda(async (person) => {
      const { page } = person;
      await open(page, 'Invoices');
      await fieldOf(person).click();
      const option = page.getByRole('option', { name: 'Alpine Ski House' });
      await option.dispatchEvent('pointerdown', { pointerType: 'touch' });
      await option.dispatchEvent('pointercancel', { pointerType: 'touch' });
      expect([await option.isVisible(), new URL(page.url()).search]).toEqual([true, '']);
      await option.click();
      await expect.poll(() => fieldOf(person).inputValue(), soon).toBe('Alpine Ski House');
    }));

  it('says that names could not be read where they could not, and not that there are none', () =>
    asAda(async (person) => {
      const { page } = person;
      await open(page, 'Invoices');
      await page.route(matches, (route) => route.fulfill(refusal(400, 'request.invalid')));
      await fieldOf(person).fill('litware');
      await page.getByText('The names could not be read.').waitFor();
      await page.unroute(matches);
      await fieldOf(person).fill('litw');
      await page.getByRole('option', { name: 'Litware Legal' }).waitFor();
    }));

  it('says nothing of products before it knows them', () =>
    asAda(async (person) => {
      const { page } = person;
      let answer = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/api/billing/v1/products', async (route) => {
        await held;
        await route.continue();
      });
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Prices' }).click();
      const rules = page.getByRole('table', { name: 'Price rules' });
      await rules.waitFor();
      expect(await rules.innerText()).not.toContain('nobody has any more');
      await page.getByRole('button', { name: 'Add rule' }).click();
      await page.getByLabel('Product').waitFor();
      expect(await page.getByRole('dialog').innerText()).not.toContain('Products can be chosen once');
      await page.keyboard.press('Escape');
      answer();
      expect((await columnOf(page, 'Price rules', 'For')).join()).not.toContain('One product');
    }));
};
