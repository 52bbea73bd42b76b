import { expect, it } from 'vitest';
import { columnOf, open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** Products as an administrator keeps them and as a guest sees them; figures as an engineer computes them. */
export const catalogCases = (world: () => World): void => {
  const { visit, asAda, asDora } = visits(world);
  const support = 'sam@northwind.example';
  const guest = 'gia@fabrikam.example';

  it('finds products by the beginnings of words and by choices that say how many they leave', () =>
    asAda(async ({ page }) => {
      await open(page, 'Products');
      await expect.poll(async () => (await columnOf(page, 'Products', 'SKU')).length, soon).toBe(10);
      await world().album.takeBoth(page, 'products');
      await page.getByRole('searchbox', { name: 'Search products' }).fill('cont acc');
      await expect.poll(async () => (await columnOf(page, 'Products', 'SKU')).length, soon).toBe(4);
      await page.getByLabel('Category').selectOption('Network > Switches (3)');
      await page.getByLabel('Lifecycle').selectOption('End of life (1)');
      await expect.poll(() => columnOf(page, 'Products', 'SKU'), soon).toEqual(['CT-SW16']);
      expect(new URL(page.url()).searchParams.get('search')).toBe('cont acc');
      await page.reload();
      await expect.poll(() => columnOf(page, 'Products', 'SKU'), soon).toEqual(['CT-SW16']);
      await page.getByRole('link', { name: 'Contoso access switch 16' }).click();
      await page.getByText('There is a newer one').waitFor();
      await page.getByRole('link', { name: 'Contoso access switch 24', exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Contoso access switch 24', exact: true }).waitFor();
    }));

  it('shows a bundle with its parts and their price', () =>
    asAda(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('link', { name: 'Small office kit' }).click();
      expect(await columnOf(page, 'Related products', 'Relation')).toEqual(['Contains', 'Contains', 'Contains']);
      expect(await columnOf(page, 'Prices today', 'Price a unit')).toEqual(['$1,666.00']);
      expect(await columnOf(page, 'Prices today', 'Because')).toEqual(['The sum of its parts']);
      await world().album.takeBoth(page, 'product-bundle');
    }));

  it('adds, changes, relates, prices and removes a product', () =>
    asDora(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('button', { name: 'New product' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Surge protector');
      await dialog.getByLabel('SKU').fill('SP-1');
      await dialog.getByLabel('GTIN').fill('4006381333932');
      await world().album.take(page, 'product-new');
      await dialog.getByRole('button', { name: 'Add product' }).click();
      await dialog.getByText('one of them is mistyped').first().waitFor();
      await dialog.getByLabel('GTIN').fill('4006381333931');
      await dialog.getByRole('button', { name: 'Add product' }).click();
      await page.getByRole('heading', { level: 1, name: 'Surge protector' }).waitFor();
      await page.getByText('04006381333931').waitFor();

      await page.getByRole('button', { name: 'Add relation' }).click();
      await dialog.getByRole('searchbox').fill('patch panel');
      await expect
        .poll(() => dialog.getByLabel('Other product').locator('option').allInnerTexts(), soon)
        .toEqual(['Patch panel 24 ports (FX-PP24)']);
      await dialog.getByRole('button', { name: 'Save relation' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await columnOf(page, 'Related products', 'Relation')).toEqual(['Requires']);
      await page.getByText('24 × ').waitFor();

      await page.getByRole('button', { name: 'Add price' }).click();
      await dialog.getByLabel('Price a unit').fill('19.999');
      await dialog.getByLabel('From').fill('2026-01-01');
      await dialog.getByRole('button', { name: 'Save price' }).click();
      await dialog.getByText(/Write an amount of/).waitFor();
      await dialog.getByLabel('Price a unit').fill('19.90');
      await dialog.getByRole('button', { name: 'Save price' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => columnOf(page, 'Prices today', 'Because'), soon).toEqual(['Since Jan 1, 2026']);

      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await dialog.getByLabel('Lifecycle').selectOption('End of sale');
      await dialog.getByRole('button', { name: 'Save product' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('End of sale').first().waitFor();

      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await dialog.getByRole('button', { name: 'Remove product' }).click();
      await dialog.getByText('This product is related to others').waitFor();
      await world().album.take(page, 'product-in-use');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: /^Remove relation/ }).click();
      await dialog.getByRole('button', { name: 'Remove relation' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await dialog.getByRole('button', { name: 'Remove product' }).click();
      await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
      await expect.poll(() => columnOf(page, 'Products', 'SKU'), soon).not.toContain('SP-1');
    }));

  it('changes those that are ticked, all alike', () =>
    visit('carl@contoso.example', async ({ page }) => {
      await open(page, 'Products');
      for (const name of ['Patch panel 24 ports', 'Cat 6A keystone module'])
        await page.getByRole('checkbox', { name: `Choose ${name}` }).check();
      await page.getByText('2 chosen').waitFor();
      await page.getByRole('button', { name: 'Change chosen' }).click();
      const dialog = page.getByRole('dialog', { name: 'Change 2 products' });
      await dialog.getByRole('button', { name: 'Save products' }).click();
      await dialog.getByText('Choose what is to change.').waitFor();
      await dialog.getByLabel('Lifecycle').selectOption('End of sale');
      await dialog.getByLabel('Customers see it').selectOption('Published');
      await world().album.take(page, 'products-change-many');
      await dialog.getByRole('button', { name: 'Save products' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByLabel('Lifecycle').selectOption('End of sale (2)');
      await expect
        .poll(() => columnOf(page, 'Products', 'SKU'), soon)
        .toEqual(expect.arrayContaining(['FX-PP24', 'FX-MOD6A']));
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    }));

  it('moves a category with what is below it, and removes an empty one', () =>
    visit('carl@contoso.example', async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('link', { name: 'Manage categories' }).click();
      await page.getByRole('heading', { level: 1, name: 'Categories' }).waitFor();
      const names = () => columnOf(page, 'Categories', 'Category');
      await expect.poll(names, soon).toContain('Network > Switches');
      await page.getByRole('button', { name: 'New category' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Infrastructure');
      await dialog.getByRole('button', { name: 'Add category' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Change category Network', exact: true }).click();
      await dialog.getByLabel('Below').selectOption('Infrastructure');
      await dialog.getByRole('button', { name: 'Save category' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(names, soon).toContain('Infrastructure > Network > Switches');
      await world().album.takeBoth(page, 'categories');
      await page.getByRole('button', { name: 'Remove category Cabling', exact: true }).click();
      await dialog.getByRole('button', { name: 'Remove category' }).click();
      await dialog.getByText('The category is not empty').waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'New category' }).click();
      await dialog.getByLabel('Name').fill('Nothing yet');
      await dialog.getByRole('button', { name: 'Add category' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Remove category Nothing yet' }).click();
      await dialog.getByRole('button', { name: 'Remove category' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(names, soon).not.toContain('Nothing yet');
    }));

  it('says of each row of a file what becomes of it, and imports it when all are right', () =>
    asDora(async ({ page }) => {
      await open(page, 'Products');
      await page.getByRole('link', { name: 'Import' }).click();
      await page.getByRole('heading', { level: 1, name: 'Import products' }).waitFor();
      const choose = async (text: string) => {
        await page
          .getByLabel('File')
          .setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
        await page.getByRole('button', { name: 'Preview' }).click();
        await settled(page);
      };
      await choose('sku,name,category\nUPS-1,Small UPS,Power > UPS\nCT-SW24,Switch of 24 ports,\n,No number,\n');
      await page.getByText('1 new, 1 changed, 0 unchanged, 1 refused.').waitFor();
      expect(await columnOf(page, 'Rows of the file', 'Fate')).toEqual([
        'Refused\nLine 4',
        'Changed\nLine 3',
        'New\nLine 2',
      ]);
      expect(await page.getByRole('button', { name: 'Import all rows' }).count()).toBe(0);
      await world().album.takeBoth(page, 'product-import');
      await choose('sku,name,category\nUPS-1,Small UPS,Power > UPS\n');
      await page.getByRole('button', { name: 'Import all rows' }).click();
      await page.getByText('Imported', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Back to list' }).click();
      await expect.poll(() => columnOf(page, 'Products', 'SKU'), soon).toContain('UPS-1');
    }));

  it('computes with the steps and sources of every figure, and draws what is beyond a limit', () =>
    visit(support, async ({ page }) => {
      await open(page, 'Calculators');
      expect(await columnOf(page, 'Calculators', 'Question')).toHaveLength(19);
      await world().album.takeBoth(page, 'calculators');
      await page.getByRole('link', { name: 'Does a copper channel keep its limits?' }).click();
      const fill = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value);
      await fill('permanentLinkM', 'long');
      await page.getByRole('button', { name: 'Calculate' }).click();
      await page.getByRole('alert').waitFor();
      await world().album.take(page, 'calculator-refused');
      await fill('permanentLinkM', '88');
      await fill('cordsM', '12');
      await page.locator('[name="conductorAwg"]').selectOption('24');
      await page.locator('[name="category"]').selectOption('6A');
      await page.getByRole('button', { name: 'Calculate' }).click();
      await page.getByRole('region', { name: 'Result' }).getByText('87.6', { exact: true }).waitFor();
      await page.getByText('88 m where 87.6 m is the limit.').waitFor();
      expect(await page.getByRole('region', { name: 'Result' }).locator('svg rect').count()).toBeGreaterThanOrEqual(3);
      expect((await columnOf(page, 'Steps', 'Source')).every((source) => source !== '')).toBe(true);
      await world().album.takeBoth(page, 'calculator');
    }));

  it('takes lists of things', () =>
    visit(support, async ({ page }) => {
      await open(page, 'Calculators');
      await page.getByRole('link', { name: 'Power budget of a switch' }).click();
      await page.getByRole('button', { name: 'Add one' }).click();
      const fill = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value);
      await page.locator('[name="ports.0.class"]').selectOption('4');
      await fill('ports.0.count', '10');
      await page.locator('[name="ports.1.class"]').selectOption('3');
      await fill('ports.1.count', '5');
      await fill('budgetW', '370');
      await page.getByRole('button', { name: 'Calculate' }).click();
      await page.getByRole('region', { name: 'Result' }).getByText('377', { exact: true }).waitFor();
      await world().album.takeBoth(page, 'calculator-list');
    }));

  it('shows a guest what is published for them, without a price, and nothing else', async () => {
    let hidden = '';
    await asAda(async ({ page }) => {
      await open(page, 'Products');
      hidden = (await page.getByRole('link', { name: 'Patch panel 24 ports' }).getAttribute('href')) ?? '';
    });
    await visit(guest, async ({ page }) => {
      await open(page, 'Products');
      await expect
        .poll(async () => (await columnOf(page, 'Products', 'SKU')).toSorted(), soon)
        .toEqual(['CT-AP6', 'CT-SW24', 'CT-SW24P', 'KIT-OFFICE', 'ON-SITE']);
      await world().album.takeBoth(page, 'guest-products');
      expect(await page.getByRole('button', { name: /New|Import/ }).count()).toBe(0);
      await page.getByRole('link', { name: 'Contoso access switch 24', exact: true }).click();
      await page.getByText('It has nothing to do with other products.').waitFor();
      expect(await page.getByRole('main').innerText()).not.toMatch(/\$|Price|switch 16/);
      await world().album.take(page, 'guest-product');
      await page.goto(`${world().platform.endpoints.gateway}${hidden}`);
      await page.getByText('There is no such product').first().waitFor();
    });
  });
};
