import { expect, it } from 'vitest';
import { columnOf, open, settled, soon, type Person } from './person.ts';
import { requestsOf } from './requests.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

const many = 400;
const lists = 'GET /api/billing/v1/invoices';

/** Long lists, and how they follow what others do. They are of Adatum Support, whose worklist is looked at before. */
export const listCases = (world: () => World): void => {
  const { asDora } = visits(world);
  const tenant = `(select id from app.tenants where name = 'adatum')`;
  const rowsOf = ({ page }: Person) => page.getByRole('table', { name: 'Invoices' }).locator('tbody tr');
  const loadMore = async (person: Person): Promise<void> => {
    const before = await rowsOf(person).count();
    await person.page.getByRole('button', { name: 'Load more' }).click();
    await expect.poll(() => rowsOf(person).count(), soon).toBeGreaterThan(before);
  };

  it('goes back to a list as it was left, and changes only the row that was acted on', async () => {
    await world().changeBilling(`
      insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency,
        total_minor, content_hash, run_id, created_at)
      select c.tenant_id, c.id, c.name, '1960-01-01'::date + make_interval(months => n),
        '1960-02-01'::date + make_interval(months => n), 'USD', 100 * n,
        rtrim(translate(encode(sha256(convert_to(format('["%s","%s","USD","%s",[]]', c.id, c.name, 100 * n), 'UTF8')),
          'base64'), '+/', '-_'), '='), r.id, now() - make_interval(mins => n)
      from generate_series(1, ${many}) n
      cross join (select * from billing.customers where tenant_id = ${tenant} order by id limit 1) c
      cross join (select id from billing.runs where tenant_id = ${tenant} order by id limit 1) r`);
    await asDora(async (person) => {
      const { page } = person;
      await open(page, 'Invoices');
      await page.getByLabel('Status').selectOption('draft');
      await settled(page);
      for (let pages = 1; pages < 4; pages += 1) await loadMore(person);
      expect(await rowsOf(person).count()).toBe(200);
      const link = rowsOf(person).nth(170).getByRole('link');
      const period = await rowsOf(person).nth(170).locator('td').nth(1).innerText();
      await link.scrollIntoViewIfNeeded();
      const place = await page.evaluate(() => window.scrollY);
      const requests = requestsOf(page);
      await link.click();
      await page.getByRole('heading', { level: 1, name: /^Invoice for/ }).waitFor();
      await page.getByRole('link', { name: 'Back to list' }).click();
      await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
      expect([await rowsOf(person).count(), new URL(page.url()).search]).toEqual([200, '?status=draft']);
      expect(await page.evaluate(() => window.scrollY)).toBe(place);

      await rowsOf(person).nth(170).getByRole('link').click();
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve invoice' }).click();
      await page.getByRole('button', { name: 'Post to QuickBooks' }).waitFor();
      await page.getByRole('link', { name: 'Back to list' }).click();
      // A draft no longer: gone from the list of drafts, which was not read again.
      await expect.poll(() => rowsOf(person).count(), soon).toBe(199);
      expect(await columnOf(page, 'Invoices', 'Period')).not.toContain(period);
      // Until what others are told of it has come back here as well.
      const told = page.waitForResponse((response) => response.url().includes('/changes') && response.ok());
      await world().changeBilling(`update billing.runs set detail = 'looked at' where tenant_id = ${tenant}`);
      await told;
      expect(requests.filter((request) => request === lists)).toEqual([]);
    });
  });

  it('follows what others do by one request at a time, and reads the changed row alone', () =>
    asDora(async (person) => {
      const { page } = person;
      await open(page, 'Invoices');
      await loadMore(person);
      const requests = requestsOf(page);
      const draft = rowsOf(person).filter({ hasText: 'Draft' }).first();
      const href = (await draft.getByRole('link').getAttribute('href')) ?? '';
      const row = rowsOf(person).filter({ has: page.locator(`a[href="${href}"]`) });
      const id = href.replace('/invoices/', '');
      await world().changeBilling(`
        update billing.invoices set status = 'approved', approved_hash = content_hash, approved_at = now(),
          version = version + 1 where id = '${id}'`);
      await row.getByText('Approved').waitFor();
      const asked = new Set(requests.filter((request) => !request.endsWith('/token')));
      expect(asked).toEqual(new Set(['GET /api/billing/v1/changes', `GET /api/billing/v1/invoices/${id}`]));
    }));

  it('asks for nothing while nobody looks, and for what came meanwhile when somebody does', () =>
    asDora(async (person) => {
      const { page } = person;
      await open(page, 'Runs');
      const look = (state: 'hidden' | 'visible') =>
        page.evaluate((now) => {
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
          document.dispatchEvent(new Event('visibilitychange'));
        }, state);
      const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('/changes'));
      await look('hidden');
      await ended;
      const requests = requestsOf(page);
      await world().changeBilling(`update billing.runs set detail = 'while nobody looked' where tenant_id = ${tenant}`);
      expect(requests).toEqual([]);
      await look('visible');
      await page.getByText('while nobody looked').filter({ visible: true }).first().waitFor();
    }));
};
