import { expect, it } from 'vitest';
import { open, refusal, type Person } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** What happens on the way from one page to another, and to what somebody was typing. */
export const leavingCases = (world: () => World): void => {
  const gateway = (): string => world().platform.endpoints.gateway;
  const { asAda } = visits(world);
  const heading = ({ page }: Person, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const place = ({ page }: Person, name: string) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });

  it('tries again by itself when the code of a page did not come', () =>
    asAda(async (person) => {
      const { page } = person;
      let failures = 0;
      await page.route('**/assets/runs-page-*.js', (route) => {
        failures += 1;
        return failures === 1 ? route.abort() : route.continue();
      });
      await place(person, 'Runs').click();
      await page.getByRole('table', { name: 'Runs of the billing jobs' }).waitFor();
      expect(failures).toBe(2);
    }));

  it('says that a page did not load, and loads it by a press, or when it is opened again', () =>
    asAda(async (person) => {
      const { page } = person;
      const block = '**/assets/{runs-page,team-page}-*.js';
      await page.route(block, (route) => route.abort());
      await place(person, 'Runs').click();
      await heading(person, 'This page did not load').waitFor();
      await world().album.takeBoth(page, 'page-not-loaded');
      await place(person, 'Team').click();
      await expect.poll(() => new URL(page.url()).pathname).toBe('/team');
      await heading(person, 'This page did not load').waitFor();
      await page.unroute(block);
      await page.getByRole('button', { name: 'Try again' }).click();
      await heading(person, 'Team').waitFor();
      await place(person, 'Runs').click();
      await heading(person, 'Runs').waitFor();
    }));

  it('loads the current version once when the files of its own are gone', () =>
    asAda(async (person) => {
      const { page } = person;
      let loads = 0;
      page.on('load', () => (loads += 1));
      const index = await (await page.request.get(gateway())).text();
      const script = /src="(\/assets\/index-[^"]+)"/.exec(index)?.[1] ?? '';
      await page.route(
        (url) => url.pathname === '/' || url.pathname === '/runs',
        (route) => route.fulfill({ contentType: 'text/html', body: index.replace(script, '/assets/index-later.js') }),
      );
      await page.route('**/assets/index-later.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: `import ${JSON.stringify(script)};` }),
      );
      await page.route('**/assets/runs-page-*.js', (route) => route.fulfill({ status: 404 }));
      await place(person, 'Runs').click();
      await heading(person, 'This page did not load').waitFor();
      expect(loads).toBe(1);
    }));

  it('shows that a page is on its way when that takes a moment', () =>
    asAda(async (person) => {
      const { page } = person;
      let arrive = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      await page.route('**/assets/prices-page-*.js', async (route) => {
        await held;
        await route.continue();
      });
      await place(person, 'Prices').click();
      await page.getByRole('status').getByText('Loading the page').waitFor();
      expect(await page.locator('[data-pending]').isVisible()).toBe(true);
      expect(await page.getByRole('main').getAttribute('aria-busy')).toBe('true');
      expect(await heading(person, 'Worklist').isVisible()).toBe(true);
      await world().album.take(page, 'page-on-its-way');
      arrive();
      await heading(person, 'Prices').waitFor();
      expect(await page.locator('[data-pending]').count()).toBe(0);
    }));

  it('asks before it throws away what was typed: by Escape, Cancel, Back', () =>
    asAda(async (person) => {
      const { page } = person;
      await open(page, 'Prices');
      await page.getByRole('button', { name: 'Add rule' }).click();
      const field = page.getByLabel('Markup in percent');
      const question = page.getByRole('dialog', { name: 'Discard what you typed?' });
      const rule = page.getByRole('dialog', { name: 'Add a price rule' });
      await page.keyboard.press('Escape');
      await rule.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Add rule' }).click();
      await field.fill('17');
      for (const leave of [
        () => page.keyboard.press('Escape'),
        () => rule.getByRole('button', { name: 'Cancel' }).click(),
        () => page.goBack(),
      ]) {
        await leave();
        await question.waitFor();
        await page.keyboard.press('Escape');
        await question.waitFor({ state: 'detached' });
        expect([await field.inputValue(), new URL(page.url()).pathname]).toEqual(['17', '/prices']);
      }
      await page.goBack();
      await question.waitFor();
      await world().album.takeBoth(page, 'discard-question');
      await question.getByRole('button', { name: 'Discard' }).click();
      await heading(person, 'Worklist').waitFor();
      await place(person, 'Prices').click();
      await page.getByRole('button', { name: 'Add rule' }).click();
      expect(await field.inputValue()).toBe('');
    }));

  it('keeps what was typed over the end of the session, for the same person and without secrets', () =>
    asAda(async (person) => {
      const { page } = person;
      await open(page, 'Prices');
      await page.getByRole('button', { name: 'Add rule' }).click();
      await page.getByRole('combobox', { name: 'Customer' }).fill('litw');
      await page.getByRole('option', { name: 'Litware Legal' }).click();
      await page.getByLabel('Kind').selectOption({ label: 'Fixed price a unit' });
      await page.getByLabel('Price a unit').fill('12.5');
      await page.route('**/api/**', (route) => route.fulfill(refusal(401, 'session.missing')));
      await page.getByRole('button', { name: 'Save rule' }).click();
      await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
      await page.getByText('kept until you are back').waitFor();
      await world().album.takeBoth(page, 'session-ended-while-typing');
      await page.unroute('**/api/**');
      await page.goto(`${gateway()}/prices`);
      await page.getByText('is still here').waitFor();
      await expect.poll(() => page.getByLabel('Price a unit').inputValue()).toBe('12.5');
      await expect.poll(() => page.getByRole('combobox', { name: 'Customer' }).inputValue()).toBe('Litware Legal');
      await world().album.takeBoth(page, 'typed-before-kept');

      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Discard' }).click();
      await open(page, 'Connections');
      await page.getByRole('button', { name: 'Replace credentials' }).click();
      await page.getByLabel('Client ID').fill('another-partner');
      await page.getByLabel('Client secret').fill('never-to-be-kept');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Keep editing' }).click();
      await page.route('**/api/**', (route) => route.fulfill(refusal(401, 'session.missing')));
      await page.getByRole('button', { name: 'Connect Pax8' }).click();
      await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
      const kept = await page.evaluate(() =>
        JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
      );
      expect(kept).toContain('another-partner');
      expect(kept).not.toContain('never-to-be-kept');
    }));
};
