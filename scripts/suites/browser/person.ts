import type { Browser, Page } from 'playwright-core';

/** A person with a browser of their own. */
export interface Person {
  page: Page;
  /** What the browser complained about: exceptions, and what the Content-Security-Policy stopped. */
  complaints: string[];
  leave: () => Promise<void>;
}

// A refused request is an answer, and pages ask before anyone is signed in.
const isAnswer = (text: string): boolean => text.startsWith('Failed to load resource');

const patienceMs = 15_000;

/** For `expect.poll`: as patient as the browser. */
export const soon = { timeout: patienceMs, interval: 100 };

export const aPerson = async (browser: Browser): Promise<Person> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.text())) complaints.push(message.text());
  });
  return { page, complaints, leave: () => context.close() };
};

/** The link that the table after the start has for everybody of the example data. */
export const signInByLink = async ({ page }: Person, gateway: string, email: string): Promise<void> => {
  await page.goto(`${gateway}/api/auth/v1/sign-in?loginHint=${encodeURIComponent(email)}`);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
};

/** Follows the navigation to a page of the portal, and waits until it is there. */
export const open = async (page: Page, place: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor();
  await settled(page);
};

/** For `page.route`: what a service answers that refuses, with its code for a title. */
export const refusal = (status: number, code: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: code, status, code, requestId: 'refused' }),
});

/** Waits until the page has what it asked for. */
export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('main').waitFor();
  await page.waitForFunction(() => document.querySelector('main[aria-busy=true], main [aria-busy=true]') === null);
};

/** The texts of a column of the table with this caption. */
export const columnOf = async (page: Page, caption: string, column: string): Promise<string[]> => {
  await settled(page);
  const table = page.getByRole('table', { name: caption });
  const heads = await table.getByRole('columnheader').allInnerTexts();
  const index = heads.indexOf(column);
  if (index < 0) throw new Error(`“${caption}” has no column “${column}” but ${heads.join(', ')}`);
  return table.locator(`tbody tr > td:nth-child(${index + 1})`).allInnerTexts();
};
