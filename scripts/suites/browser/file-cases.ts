import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { columnOf, open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

const samples = join(import.meta.dirname, '../../../media');
const sample = (path: string, mimeType: string, name = path.split('/').at(-1) ?? '') => ({
  name,
  mimeType,
  buffer: readFileSync(join(samples, path)),
});

/** Pictures and data sheets of products, from the file of an administrator to the eye of a guest. */
export const fileCases = (world: () => World): void => {
  const { visit, asAda } = visits(world);
  const guest = 'gia@fabrikam.example';

  it('puts pictures and a document to a product, refuses what only looks like one, and puts them in order', () =>
    asAda(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('link', { name: 'Contoso access switch 24', exact: true }).click();
      await page.getByText('There are no pictures of it.').waitFor();
      const dialog = page.getByRole('dialog');
      const add = async (file: ReturnType<typeof sample>, said: string, kind: 'picture' | 'document' = 'picture') => {
        await page.getByRole('button', { name: `Add ${kind}` }).click();
        await dialog.getByLabel('File').setInputFiles(file);
        await dialog.getByLabel(kind === 'picture' ? 'What it shows' : 'Title').fill(said);
        await dialog.getByRole('button', { name: `Save ${kind}` }).click();
      };
      const pictures = page.getByRole('list', { name: 'Pictures' });
      const shown = () => pictures.getByRole('img').evaluateAll((all) => all.map((one) => one.getAttribute('alt')));

      await add({ ...sample('product-images/access-point.svg', 'image/png', 'fake.png') }, 'Not a PNG');
      await dialog.getByText('The file is not image/png, whatever its name says.').first().waitFor();
      await world().album.take(page, 'picture-refused');
      await dialog.getByLabel('File').setInputFiles(sample('product-images/keystone-module.png', 'image/png'));
      await dialog.getByLabel('What it shows').fill('A module');
      await dialog.getByRole('button', { name: 'Save picture' }).click();
      await dialog.waitFor({ state: 'detached' });
      await add(sample('diagrams/small-office.svg', 'image/svg+xml'), 'A small office');
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(shown, soon).toEqual(['A module', 'A small office']);
      await page.getByRole('button', { name: 'Make main picture: A small office' }).click();
      await expect.poll(shown, soon).toEqual(['A small office', 'A module']);
      // Each is there to be seen, from the storage, by this page.
      await expect
        .poll(
          () =>
            pictures
              .getByRole('img')
              .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth > 0)),
          soon,
        )
        .toEqual([true, true]);
      await add(sample('documents/access-switch-24-poe.pdf', 'application/pdf'), 'Data sheet', 'document');
      await dialog.waitFor({ state: 'detached' });
      expect(await columnOf(page, 'Documents', 'Title')).toEqual(['Data sheet']);
      await world().album.takeBoth(page, 'product-files');
      await page.getByRole('button', { name: 'Remove picture: A module' }).click();
      await dialog.getByRole('button', { name: 'Remove picture' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(shown, soon).toEqual(['A small office']);
    }));

  it('shows a guest the pictures of what is published, and nothing to change them by', () =>
    visit(guest, async ({ page }) => {
      await open(page, 'Products');
      const small = page
        .getByRole('table', { name: 'Products' })
        .getByRole('img', { name: 'The access point from below' });
      await expect.poll(() => small.evaluate((img: HTMLImageElement) => img.naturalWidth > 0), soon).toBe(true);
      expect(await small.getAttribute('loading')).toBe('lazy');
      await world().album.takeBoth(page, 'guest-products-with-pictures');
      await page.getByRole('link', { name: 'Contoso access point 6' }).click();
      await page.getByRole('img', { name: 'The access point from below' }).waitFor();
      await settled(page);
      expect(await page.getByRole('button', { name: /picture|document/ }).count()).toBe(0);
      await world().album.takeBoth(page, 'guest-product-files');
    }));
};
