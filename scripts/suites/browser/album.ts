import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures of what a person saw, numbered, for a look at all of them after a run. */
export interface Album {
  folder: string;
  take(page: Page, name: string): Promise<void>;
  /** As on a desk, and as on a phone in the dark. */
  takeBoth(page: Page, name: string): Promise<void>;
}

// What the README shows, by the names that the cases give. LEGENDOPS_README_PICTURES=yes takes them anew.
const readme: Readonly<Record<string, string>> = { 'adatum-worklist': 'worklist', 'draft-with-steps': 'invoice' };
const readmeFolder = join(import.meta.dirname, '../../../docs/pictures');

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** Opens the folder of LEGENDOPS_SCREENSHOTS, or a temporary one. */
export const openAlbum = async (): Promise<Album> => {
  const folder = process.env.LEGENDOPS_SCREENSHOTS ?? (await mkdtemp(join(tmpdir(), 'legendops-screenshots-')));
  await mkdir(folder, { recursive: true });
  let pictures = 0;
  const shoot = async (page: Page, name: string): Promise<void> => {
    const options = { path: join(folder, `${name}.png`), fullPage: true };
    // A picture that falls into a change of pages cannot be taken; the one of the new page can.
    await page.screenshot(options).catch(async () => {
      await page.waitForLoadState();
      await page.screenshot(options);
    });
  };
  const shootForReadme = async (page: Page, name: string): Promise<void> => {
    const picture = readme[name];
    if (picture === undefined || process.env.LEGENDOPS_README_PICTURES === undefined) return;
    await page.screenshot({ path: join(readmeFolder, `${picture}.png`) });
  };
  const next = (name: string): string => `${String(++pictures).padStart(2, '0')}-${name}`;
  return {
    folder,
    take: async (page, name) => {
      await shoot(page, next(name));
    },
    takeBoth: async (page, name) => {
      const numbered = next(name);
      await shoot(page, numbered);
      await shootForReadme(page, name);
      await page.setViewportSize(phone);
      await page.emulateMedia({ colorScheme: 'dark' });
      await shoot(page, `${numbered}-phone-dark`);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(desk);
    },
  };
};
