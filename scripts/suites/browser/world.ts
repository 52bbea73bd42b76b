import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { seedOnce } from '../../seed/seed.ts';
import { startPlatform, type Platform } from '../../local/platform.ts';
import { silentProgress } from '../../local/progress.ts';
import { openAlbum, type Album } from './album.ts';
import { launchChromium } from './chromium.ts';
import { anEngineer, type Engineer } from './engineer.ts';

/** The whole platform with its example data, a browser, and a platform engineer. */
export interface World {
  platform: Platform;
  browser: Browser;
  engineer: Engineer;
  album: Album;
  /** As the administrator of the billing database. */
  changeBilling: (sql: string) => Promise<void>;
  /** What the local QuickBooks holds of a company. */
  invoicesInQuickBooks: (realmId: string) => Promise<{ DocNumber: string; TotalAmt: number }[]>;
  /** The next requests that the local QuickBooks answers otherwise. */
  breakQuickBooks: (rule: object) => Promise<void>;
  close(): Promise<void>;
}

export const startWorld = async (chromium: string): Promise<World> => {
  const root = join(import.meta.dirname, '../../..');
  const directory = await mkdtemp(join(tmpdir(), 'legendops-browser-'));
  const platform = await startPlatform({ root, directory, usualPorts: false, progress: silentProgress });
  const { postgres, quickbooks } = platform.endpoints;
  const [browser, album] = await Promise.all([
    launchChromium(chromium),
    openAlbum(),
    seedOnce(platform, silentProgress, new AbortController().signal),
  ]);
  return {
    platform,
    browser,
    album,
    engineer: anEngineer(platform, directory),
    changeBilling: async (sql) => {
      const client = new pg.Client({ connectionString: postgres.billing_db });
      await client.connect();
      await client.query(sql).finally(() => client.end());
    },
    invoicesInQuickBooks: async (realmId) => {
      const response = await fetch(`${quickbooks}/_control/companies/${realmId}/invoices`);
      return (await response.json()) as { DocNumber: string; TotalAmt: number }[];
    },
    breakQuickBooks: async (rule) => {
      const response = await fetch(`${quickbooks}/_control/faults`, { method: 'POST', body: JSON.stringify(rule) });
      if (!response.ok) throw new Error(await response.text());
    },
    close: async () => {
      await browser.close();
      await platform.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
