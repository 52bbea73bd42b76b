import { expect, it } from 'vitest';
import { aPerson, settled, signInByLink, soon } from './person.ts';
import type { World } from './world.ts';

const tenant = `(select id from app.tenants where name = 'adatum')`;
const aRun = `(select id from billing.runs where tenant_id = ${tenant} order by id limit 1)`;
const longId = '00000000-0000-4000-8000-0000000000a1';
const hebrewId = '00000000-0000-4000-8000-0000000000a2';
const longName = 'Longestnamewithoutaspace'.repeat(10);
const hebrewName = 'חברת טכנולוגיה';

// A draft: it is taken away again, and approved ones stay for good.
const oddNames = `
  insert into billing.customers (tenant_id, id, name, state, entity_version) values
    (${tenant}, '${longId}', '${longName}', 'active', 1), (${tenant}, '${hebrewId}', '${hebrewName}', 'active', 1);
  insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
    content_hash, run_id) values
    (${tenant}, '${longId}', '${longName}', '1950-01-01', '1950-02-01', 'USD', 1, 'odd', ${aRun});
  insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8,
    amount_minor, cost_minor, explanation)
  select tenant_id, id, n, 'odd ' || n, '${longName}', 1000000, 100000000, n - 1, nullif(n - 1, 0), '{"steps": []}'
  from billing.invoices, generate_series(1, 2) n
  where customer_id = '${longId}';
  insert into billing.exceptions (tenant_id, run_id, subject_key, code, customer_id, detail, next_step, amount_minor, currency)
  select ${tenant}, ${aRun}, 'odd ' || id, 'posted.missing', id, name, 'Look at ' || name, 4200, 'USD'
  from billing.customers where id in ('${longId}', '${hebrewId}')`;
const noOddNames = `
  delete from billing.exceptions where customer_id in ('${longId}', '${hebrewId}');
  delete from billing.invoices where customer_id = '${longId}';
  delete from billing.customers where id in ('${longId}', '${hebrewId}')`;

/** Names that no page was drawn for, and screens as narrow as they come. */
export const narrowCases = (world: () => World): void => {
  it('holds names of any length and direction on any screen', async () => {
    const { browser, platform, album, changeBilling } = world();
    const { gateway } = platform.endpoints;
    const dora = await aPerson(browser);
    const { page } = dora;
    await changeBilling(oddNames);
    await signInByLink(dora, gateway, 'dora@adatum.example');
    for (const place of [
      '/',
      '/exceptions?code=posted.missing',
      '/invoices?status=draft',
      '/customers',
      '/periods',
      '/reconciliation',
      '/shadow-runs',
      '/runs',
      '/notices',
      '/team',
    ])
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${gateway}${place}`);
        await settled(page);
        const widest = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([place, width, widest]).toEqual([place, width, width]);
      }

    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${gateway}/invoices?status=draft`);
    const total = page.getByRole('table', { name: 'Invoices' }).getByRole('cell', { name: '$0.01' });
    await total.waitFor();
    const end = await total.boundingBox();
    expect((end?.x ?? 0) + (end?.width ?? 0)).toBeLessThanOrEqual(1280);
    await album.takeBoth(page, 'long-name');
    await page.getByRole('link', { name: longName }).click();
    const lines = page.getByRole('table', { name: 'Lines of the invoice' });
    await lines.getByRole('cell', { name: 'Not known', exact: true }).waitFor();
    expect(await lines.evaluate((table) => table.clientWidth <= (table.parentElement?.clientWidth ?? 0))).toBe(true);
    await page.goBack();
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByText('January 1950').filter({ visible: true }).waitFor();

    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${gateway}/exceptions?code=posted.missing`);
    const name = page.getByRole('listitem').filter({ hasText: hebrewName }).locator('bdi');
    await name.waitFor();
    // The amount comes after the name, as in every other line.
    const [nameAt, lineAt] = [await name.boundingBox(), await name.locator('..').boundingBox()];
    expect(nameAt?.x).toBe(lineAt?.x);
    await album.takeBoth(page, 'names-in-exceptions');

    await page.getByRole('heading', { level: 2, name: 'Deleted in QuickBooks' }).waitFor();
    await page.getByText('Billed, but to be checked, 2 things, 2 customers, $84.00').waitFor();

    // By the keyboard alone: it is asked about first, and reading goes on at the heading once its row is gone.
    const row = page.getByRole('listitem').filter({ hasText: hebrewName });
    await row.getByRole('button', { name: /^Dismiss/ }).press('Enter');
    const question = page.getByRole('dialog', { name: 'Dismiss this exception?' });
    await question.getByRole('button', { name: 'Dismiss exception' }).press('Enter');
    await row.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), soon).toBe('H1');
    expect(dora.complaints).toEqual([]);
    await dora.leave();
    await changeBilling(noOddNames);
  });
};
