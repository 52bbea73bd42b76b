import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyBaseCatalog } from '@legendops/catalog/base-catalog/apply-base-catalog';
import { readBaseCatalog } from '@legendops/catalog/base-catalog/read-base-catalog';
import { createPool } from '@legendops/kit/db/pool';
import { expect, it } from 'vitest';
import { columnOf, open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

const rack = 'wide-world.r42';
const ownSwitch = {
  SKU: 'DESK-8',
  Name: 'Our desktop switch',
  Manufacturer: 'tailspin networks',
  'Part number': 'TX-8',
};
type Entry = { key: string } & Record<string, unknown>;
const base = JSON.parse(readFileSync(join(import.meta.dirname, '../../seed/base-catalog.json'), 'utf8')) as Entry[];

/** What the platform keeps for everybody, as an administrator takes it, changes it and takes the change back. */
export const baseCatalogCases = (world: () => World): void => {
  const { asDora } = visits(world);
  const apply = async (entries: readonly Entry[]): Promise<void> => {
    const pool = createPool({ connectionString: world().platform.endpoints.postgres.catalog_db, max: 1 });
    await applyBaseCatalog(pool, readBaseCatalog(JSON.stringify(entries)).entries).finally(() => pool.end());
  };

  it('is searched, and one or several of it are added', () =>
    asDora(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('link', { name: 'Browse base catalog' }).click();
      await page.getByRole('heading', { level: 1, name: 'From the base catalog' }).waitFor();
      const names = () => columnOf(page, 'Base catalog', 'Product');
      const taken = async () =>
        (await columnOf(page, 'Base catalog', 'Your catalog')).filter((place) => place.includes('In your catalog'))
          .length;
      await expect.poll(async () => (await names()).length, soon).toBe(base.length);
      expect(await taken()).toBe(1);
      await page.getByRole('searchbox', { name: 'Search the base catalog' }).fill('tail acc');
      await expect.poll(async () => (await names()).length, soon).toBe(3);
      await page.getByRole('button', { name: 'Add Tailspin access point 7 to catalog' }).click();
      await expect.poll(taken, soon).toBe(1);
      for (const ports of [24, 48])
        await page.getByRole('checkbox', { name: `Choose Tailspin access switch ${ports} PoE` }).check();
      await world().album.takeBoth(page, 'base-catalog');
      await page.setViewportSize({ width: 390, height: 844 });
      const table = page.getByRole('table', { name: 'Base catalog' });
      expect(await table.evaluate((all) => all.scrollWidth <= (all.parentElement?.clientWidth ?? 0))).toBe(true);
      await table.getByText('Tailspin Networks TX-48P').waitFor();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: 'Add chosen to catalog' }).click();
      await expect.poll(taken, soon).toBe(3);
      await page.getByRole('link', { name: 'Back to list' }).click();
      await expect
        .poll(() => columnOf(page, 'Products', 'SKU'), soon)
        .toEqual(expect.arrayContaining(['TA-7', 'TX-24P', 'TX-48P']));
      await world().album.take(page, 'products-from-base');
    }));

  it('has a product that the provider has itself: adopted it stays as it is, follows what is taken back, and is let go of', () =>
    asDora(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('button', { name: 'New product' }).click();
      const dialog = page.getByRole('dialog');
      for (const [label, value] of Object.entries(ownSwitch))
        await dialog.getByLabel(label, { exact: true }).fill(value);
      await dialog.getByRole('button', { name: 'Add product' }).click();
      await page.getByRole('heading', { level: 1, name: ownSwitch.Name }).waitFor();
      await page.getByRole('link', { name: 'Back to list' }).click();
      await page.getByRole('link', { name: 'Browse base catalog' }).click();
      const row = page.getByRole('row', { name: /Tailspin desktop switch 8/ });
      await row.getByText('You have it yourself').waitFor();
      await row.getByRole('link', { name: 'Show product' }).click();
      await page.getByRole('heading', { level: 2, name: 'Also in the base catalog' }).waitFor();
      const would = await columnOf(page, 'Differences from the base catalog', 'State');
      expect(would.filter((state) => state === 'Stays your own')).toHaveLength(5);
      await world().album.takeBoth(page, 'product-like-base');
      await page.getByRole('button', { name: 'Adopt into base catalog' }).click();
      const states = () => columnOf(page, 'Fields of the base catalog', 'State');
      await expect.poll(async () => (await states()).filter((state) => state === 'Your own').length, soon).toBe(5);
      await page.getByRole('button', { name: 'Take back Name' }).click();
      await page.getByRole('heading', { level: 1, name: 'Tailspin desktop switch 8' }).waitFor();
      await page.getByRole('button', { name: 'Stop following' }).click();
      await page.getByRole('heading', { level: 2, name: 'Also in the base catalog' }).waitFor();
    }));

  it('is followed but for what is the provider’s own, until that is taken back, and tells what was retired', () =>
    asDora(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('link', { name: 'Rack 42U, delivered and set up' }).click();
      const states = () => columnOf(page, 'Fields of the base catalog', 'State');
      await expect.poll(async () => (await states()).filter((state) => state === 'Your own').length, soon).toBe(1);
      await world().album.takeBoth(page, 'product-on-base');

      await apply(base.map((entry) => (entry.key === rack ? { ...entry, description: 'With doors of glass' } : entry)));
      await page.reload();
      await settled(page);
      await page.getByText('With doors of glass').first().waitFor();
      await page.getByRole('heading', { level: 1, name: 'Rack 42U, delivered and set up' }).waitFor();
      await page.getByRole('button', { name: 'Take back Name' }).click();
      await page.getByRole('heading', { level: 1, name: 'Wide World rack 42U' }).waitFor();
      await expect.poll(async () => new Set(await states()), soon).toEqual(new Set(['Follows']));

      await apply(base.filter(({ key }) => key !== rack));
      await page.reload();
      await page.getByText('It was retired from the base catalog').waitFor();
      await world().album.take(page, 'product-on-retired');
      await apply(base);
    }));
};
