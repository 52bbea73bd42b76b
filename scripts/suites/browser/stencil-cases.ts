import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aRectangle, aShape, aStencilFile, cells } from '@legendops/catalog/stencil/testing/a-stencil';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

const box = (fill: string, Width: number): string =>
  aShape(cells({ FillForegnd: fill, Width }) + aRectangle, "ID='5' Name='Box'");
const aMaster = (id: number, name: string, shapes: string) => ({
  attributes: `ID='${id}' Name='${name}' NameU='${name}' UniqueID='{U${id}}' BaseID='{B${id}}' Prompt='For tests'`,
  page: { ShapeKeywords: 'example' },
  shapes,
});
const first = aStencilFile({
  masters: [aMaster(2, 'Router', box('#2563eb', 2)), aMaster(3, 'Modem', box('#64748b', 2))],
});
const second = aStencilFile({
  masters: [aMaster(2, 'Router', box('#dc2626', 3)), aMaster(4, 'Fibre modem', box('#16a34a', 2))],
});

/** Stencils as an administrator keeps them, and as a guest sees what was published. */
export const stencilCases = (world: () => World): void => {
  const { visit, asAda, asDora } = visits(world);
  const namesIn = (page: Page, list: string) =>
    page.getByRole('list', { name: list }).getByRole('listitem').getByRole('link').allInnerTexts();
  const areDrawn = async (page: Page): Promise<void> => {
    await settled(page);
    const pictures = page.getByRole('main').locator('img');
    await expect.poll(() => pictures.count(), soon).toBeGreaterThan(0);
    const widths = await pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth));
    expect(widths.filter((width) => width === 0)).toEqual([]);
  };

  it('shows them by their shapes, and finds shapes of all by the beginnings of words', () =>
    asAda(async ({ page }) => {
      await open(page, 'Stencils');
      expect(await namesIn(page, 'Stencils')).toEqual(['In a rack']);
      await areDrawn(page);
      await world().album.takeBoth(page, 'stencils');
      await page.getByRole('searchbox', { name: 'Search shapes of all stencils' }).fill('pat pan');
      await expect.poll(() => namesIn(page, 'Shapes found'), soon).toEqual(['Patch panel 24']);
      await world().album.take(page, 'stencils-search');
      await page.getByRole('link', { name: 'Patch panel 24' }).click();
      await page.getByRole('heading', { level: 1, name: 'Patch panel 24' }).waitFor();
      await page.getByRole('img', { name: 'Drawing of Patch panel 24' }).waitFor();
      await page.getByRole('link', { name: 'Patch panel 24 ports' }).waitFor();
      await world().album.takeBoth(page, 'stencil-master');
    }));

  it('takes a file, says why another is refused, and shows what a new version changed', () =>
    asDora(async ({ page }) => {
      await open(page, 'Stencils');
      await page.getByRole('button', { name: 'Add stencil' }).click();
      const dialog = page.getByRole('dialog');
      const choose = (name: string, buffer: Buffer) =>
        dialog.getByLabel('File of Visio').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
      await choose('old.vss', Buffer.from('anything'));
      await dialog.getByText('save it as .vssx').waitFor();
      await world().album.take(page, 'stencil-old-file');
      await choose('office-network.vssx', Buffer.from('d0cf11e0a1b11ae100', 'hex'));
      await dialog.getByRole('button', { name: 'Add stencil' }).click();
      await dialog.getByText('Open it in Visio and save it as .vssx.').waitFor();
      await world().album.take(page, 'stencil-refused');
      await choose('office-network.vssx', first);
      expect(await dialog.getByLabel('Name').inputValue()).toBe('office network');
      await dialog.getByLabel('Name').fill('Office network');
      await dialog.getByRole('button', { name: 'Add stencil' }).click();
      await page.getByRole('heading', { level: 1, name: 'Office network' }).waitFor();
      await expect.poll(() => namesIn(page, 'Masters'), soon).toEqual(['Router', 'Modem']);
      await areDrawn(page);

      await page.getByRole('button', { name: 'Add version' }).click();
      await choose('office-network.vssx', first);
      await dialog.getByRole('button', { name: 'Add version' }).click();
      await dialog.getByText('This file is a version of the stencil already').waitFor();
      await choose('office-network-2.vssx', second);
      await dialog.getByRole('button', { name: 'Add version' }).click();
      await page.getByText('1 added, 1 removed, 1 changed, 0 as they were.').waitFor();
      await page.getByText('Differs in: drawing').waitFor();
      expect([await namesIn(page, 'Added'), await namesIn(page, 'Removed')]).toEqual([['Fibre modem'], ['Modem']]);
      await areDrawn(page);
      await world().album.takeBoth(page, 'stencil-comparison');

      await page.getByRole('link', { name: 'Back to the stencil' }).click();
      await page.getByLabel('Version', { exact: true }).selectOption('1');
      await expect.poll(() => namesIn(page, 'Masters'), soon).toEqual(['Router', 'Modem']);
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download version 1' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe('office-network.vssx');
      expect(readFileSync(join(await download.path())).equals(first)).toBe(true);
      await world().album.takeBoth(page, 'stencil');
    }));

  it('draws a product by a shape, and takes it away again', () =>
    asDora(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('link', { name: 'Contoso access point 6' }).click();
      await page.getByText('No shape of a stencil draws it.').waitFor();
      await page.getByRole('button', { name: 'Add drawing' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('searchbox').fill('blank');
      await dialog.getByRole('button', { name: /^Blank panel/ }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => namesIn(page, 'Drawings in diagrams'), soon).toEqual(['Blank panel']);
      await areDrawn(page);
      await world().album.take(page, 'product-drawing');
      await page.getByRole('button', { name: 'Take away Blank panel' }).click();
      await dialog.getByRole('button', { name: 'Take away' }).click();
      await page.getByText('No shape of a stencil draws it.').waitFor();
    }));

  it('publishes one to the people of customers, and removes it', async () => {
    let own = '';
    await asAda(async ({ page }) => {
      await open(page, 'Stencils');
      await page.getByRole('button', { name: 'Add stencil' }).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByLabel('File of Visio')
        .setInputFiles({ name: 'ours.vssx', mimeType: 'application/octet-stream', buffer: second });
      await dialog.getByRole('button', { name: 'Add stencil' }).click();
      await page.getByRole('heading', { level: 1, name: 'ours' }).waitFor();
      own = page.url();
    });
    await visit('gia@fabrikam.example', async ({ page }) => {
      await open(page, 'Stencils');
      await expect.poll(() => namesIn(page, 'Stencils'), soon).toEqual(['In a rack']);
      await areDrawn(page);
      expect(await page.getByRole('button', { name: /Add/ }).count()).toBe(0);
      await world().album.takeBoth(page, 'guest-stencils');
      await page.goto(own);
      await page.getByText('There is no such stencil').first().waitFor();
    });
    await asAda(async ({ page }) => {
      await page.goto(own);
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('In a rack');
      await dialog.getByRole('button', { name: 'Save stencil' }).click();
      await dialog.getByText('There is a stencil of this name already').waitFor();
      await dialog.getByLabel('Name').fill('Ours');
      await dialog.getByLabel(/Show its newest version/).check();
      await dialog.getByRole('button', { name: 'Save stencil' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Published').waitFor();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await dialog.getByRole('button', { name: 'Remove stencil' }).click();
      await page.getByRole('heading', { level: 1, name: 'Stencils' }).waitFor();
      await expect.poll(() => namesIn(page, 'Stencils'), soon).toEqual(['In a rack']);
    });
  });
};
