import type { Locator, Page, Request } from 'playwright-core';

/** The requests to the services from now on, as `POST /api/…` without what each one asks for. */
export const requestsOf = (page: Page): string[] => {
  const seen: string[] = [];
  page.on('request', (request: Request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) seen.push(`${request.method()} ${pathname}`);
  });
  return seen;
};

/** What changes something: trading the session for a token is no act of a person. */
export const actsIn = (requests: readonly string[]): string[] =>
  requests.filter((request) => !request.startsWith('GET ') && !request.endsWith('/token'));

/** Two clicks in one moment: nothing can have been painted between them. */
export const clickTwice = (button: Locator): Promise<void> =>
  button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });

/** Enter in a field and a click on its button in one moment. */
export const submitTwice = (field: Locator): Promise<void> =>
  field.evaluate((element: HTMLInputElement) => {
    element.form?.requestSubmit();
    element.form?.querySelector<HTMLElement>('[type=submit]')?.click();
  });
