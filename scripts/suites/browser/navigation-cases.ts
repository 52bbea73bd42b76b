import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { firstLoadLimitBytes } from '../../local/portal-size.ts';
import { aPerson, open, settled, signInByLink, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

const signInProblems = [
  ['sign-in.failed', 'The sign-in could not be completed'],
  ['sign-in.cancelled', 'The sign-in was cancelled'],
  ['sign-in.unknown-directory', 'Your organisation is not registered'],
  ['sign-in.not-invited', 'You have not been invited yet'],
  ['service.unavailable', 'Your directory cannot be reached'],
  ['invitation.used', 'This invitation no longer holds'],
  ['invitation.customer-archived', 'The company that you were invited for is no longer active here'],
  ['tenant.suspended', 'Your organisation is suspended'],
  ['permission.denied', 'Your access was taken away'],
  ['something.else', 'You could not be signed in'],
] as const;

/** Getting about in the portal: links, back and forward, focus, scrolling, addresses of nothing. */
export const navigationCases = (world: () => World): void => {
  const gateway = (): string => world().platform.endpoints.gateway;
  const { asAda } = visits(world);

  it('shows the first page with little JavaScript, which comes compressed', async () => {
    const person = await aPerson(world().browser);
    await signInByLink(person, gateway(), 'ada@northwind.example');
    const scripts = new Set<string>();
    const encodings = new Set<string>();
    person.page.on('response', (response) => {
      if (!new URL(response.url()).pathname.endsWith('.js')) return;
      scripts.add(response.url());
      encodings.add(response.headers()['content-encoding'] ?? 'none');
    });
    await person.page.goto(gateway());
    await person.page.getByRole('heading', { level: 1, name: 'Worklist' }).waitFor();
    await settled(person.page);
    // Asked for again: a browser that is busy has let go of the bodies of its own answers.
    const loaded = await Promise.all(
      [...scripts].map(async (url) => gzipSync(await (await person.page.request.get(url)).body()).length),
    );
    const bytes = loaded.reduce((sum, each) => sum + each, 0);
    process.stdout.write(`signed-in first load: ${bytes} bytes of gzipped JavaScript in ${loaded.length} files\n`);
    expect(loaded.length).toBeGreaterThan(0);
    // What is smaller than a packet comes as it is.
    expect(encodings).toContain('br');
    expect(bytes).toBeLessThanOrEqual(firstLoadLimitBytes);
    await person.leave();
  });

  it('goes back and forth to where each page was left, and reads on at its beginning', () =>
    asAda(async ({ page }) => {
      await open(page, 'Usage');
      await page.getByRole('table', { name: 'Usage by day' }).waitFor();
      await page.evaluate(() => window.scrollTo(0, 500));
      await open(page, 'Prices');
      expect(await page.evaluate(() => [window.scrollY, document.activeElement?.id])).toEqual([0, 'main']);
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
      await expect.poll(() => page.evaluate(() => window.scrollY), soon).toBe(500);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
      await page.goForward();
      await page.getByRole('heading', { level: 1, name: 'Prices' }).waitFor();
      expect(await page.title()).toBe('Prices · LegendOps');
    }));

  it('keeps the view in the address, without a step back for every change of it', () =>
    asAda(async ({ page }) => {
      await open(page, 'Invoices');
      await page.getByLabel('Status').selectOption('failed');
      await page.getByText('No invoice is in the state “Failed”').waitFor();
      expect(new URL(page.url()).search).toBe('?status=failed');
      await page.reload();
      await page.getByText('No invoice is in the state “Failed”').waitFor();
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Worklist' }).waitFor();
    }));

  it('finds customers by words of their names', () =>
    asAda(async ({ page }) => {
      await open(page, 'Customers');
      await page.getByLabel('Search customers').fill('lit');
      await expect.poll(() => page.getByRole('table').locator('tbody tr').count(), soon).toBe(1);
      expect(new URL(page.url()).search).toBe('?search=lit');
      await page.getByRole('link', { name: 'Litware Legal' }).click();
      await page.getByRole('heading', { level: 1, name: 'Litware Legal' }).waitFor();
      await settled(page);
      await world().album.takeBoth(page, 'customer');
    }));

  it('shows in the search field what the address says, and searches for nothing once the page is left', () =>
    asAda(async ({ page }) => {
      await page.clock.install();
      await open(page, 'Customers');
      const field = page.getByLabel('Search customers');
      await field.fill('lit');
      await expect.poll(() => new URL(page.url()).search, soon).toBe('?search=lit');
      await field.press('End');
      await field.pressSequentially('w');
      await expect.poll(() => new URL(page.url()).search, soon).toBe('?search=litw');
      expect(await field.inputValue()).toBe('litw');
      await open(page, 'Customers');
      expect([await field.inputValue(), new URL(page.url()).search]).toEqual(['', '']);
      let arrive = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      await page.route('**/assets/usage-route-*.js', async (route) => {
        await held;
        await route.continue();
      });
      await field.fill('fab');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Usage' }).click();
      await page.clock.runFor(1_000);
      arrive();
      await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/usage');
    }));

  it('goes by a menu on a phone', () =>
    asAda(async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      const places = page.getByRole('navigation', { name: 'Main' });
      expect(await places.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Menu' }).click();
      await world().album.take(page, 'phone-menu');
      await places.getByRole('link', { name: 'Team' }).click();
      await page.getByRole('heading', { level: 1, name: 'Team' }).waitFor();
      expect(await places.isVisible()).toBe(false);
      await settled(page);
      await world().album.takeBoth(page, 'team');
      await page.getByRole('button', { name: 'Invite' }).click();
      await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Guest' });
      await world().album.takeBoth(page, 'invite');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Invite');
    }));

  it('leaves a click for a new tab to the browser', () =>
    asAda(async ({ page }) => {
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        page.getByRole('link', { name: 'Runs', exact: true }).click({ modifiers: ['ControlOrMeta'] }),
      ]);
      await tab.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    }));

  it('says so where there is nothing, and leads back', () =>
    asAda(async ({ page }) => {
      await page.goto(`${gateway()}/nowhere/at/all`);
      await page.getByText('There is nothing at this address').waitFor();
      await world().album.takeBoth(page, 'not-found');
      await page.getByRole('link', { name: 'Start page' }).click();
      await page.getByRole('heading', { level: 1, name: 'Worklist' }).waitFor();
    }));

  it('tells a person who is signed in already why a further sign-in failed', () =>
    asAda(async ({ page }) => {
      await page.goto(`${gateway()}/?problem=invitation.used`);
      await page.getByRole('status').getByText('This invitation no longer holds').waitFor();
      await settled(page);
      await world().album.takeBoth(page, 'signed-in-with-problem');
      await page.getByRole('button', { name: 'Dismiss' }).click();
      expect(await page.getByText('This invitation no longer holds').count()).toBe(0);
    }));

  it('has words and a next step for every sign-in that failed', async () => {
    const { page, leave } = await aPerson(world().browser);
    for (const [code, title] of signInProblems) {
      await page.goto(`${gateway()}/?problem=${code}`);
      const told = page.getByRole('status');
      await told.getByText(title).waitFor();
      expect((await told.innerText()).split('\n').filter((line) => line !== '')).toHaveLength(3);
      if (code === 'invitation.used') await world().album.takeBoth(page, 'sign-in-problem');
    }
    await leave();
  });
};
