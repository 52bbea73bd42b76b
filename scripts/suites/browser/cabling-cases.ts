import { expect, it } from 'vitest';
import { columnOf, open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** Cabling as an engineer designs it and as a guest sees it. */
export const cablingCases = (world: () => World): void => {
  const { visit, asAda, asDora } = visits(world);
  const guest = 'gia@fabrikam.example';
  const example = 'Head office, floor 1';

  it('shows a design with every limit beside what there is, its labels and its bill', () =>
    asAda(async ({ page }) => {
      await open(page, 'Cabling');
      await expect.poll(() => columnOf(page, 'Cabling designs', 'Design'), soon).toEqual([example]);
      await world().album.takeBoth(page, 'cabling');
      await page.getByRole('link', { name: example }).click();
      await page.getByRole('heading', { level: 1, name: example }).waitFor();
      const warnings = page.getByRole('region', { name: 'Warnings' });
      await warnings.getByText('HQ-1A-B12: work-area-cord cannot be computed').waitFor();
      await warnings.getByText('1.92 dB where 1.5 dB is the limit').waitFor();
      await warnings.getByText(/93 m where 8\d(\.\d+)? m is the limit/).waitFor();
      expect(await warnings.locator('svg[viewBox="0 0 300 20"]').count()).toBeGreaterThan(2);
      const labels = await columnOf(page, 'Links', 'Label');
      expect([labels.length, labels[0]?.split('\n')[0], labels.at(-1)?.split('\n')[0]]).toEqual([
        14,
        'HQ-1A-B01',
        'HQ-1A-F02',
      ]);
      expect((await columnOf(page, 'Bill of materials', 'To order'))[0]).toBe('3 × 305 m');
      await page.getByText(/^Total \$[\d,]+\.\d\d$/).waitFor();
      await page.getByRole('button', { name: 'Check against today' }).click();
      await page.getByText('Today it computes to the same').waitFor();
      await world().album.takeBoth(page, 'cabling-design');
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export PDF' }).click();
      expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/);
    }));

  it('takes a design from nothing to a bill, with a warning on the way', () =>
    asDora(async ({ page }) => {
      const dialog = page.getByRole('dialog');
      const done = () => dialog.waitFor({ state: 'detached' });
      await open(page, 'Cabling');
      await page.getByRole('button', { name: 'New design' }).click();
      await dialog.getByLabel('Name').fill('Warehouse');
      await dialog.getByLabel('Price list').selectOption({ index: 1 });
      await world().album.take(page, 'cabling-new');
      await dialog.getByRole('button', { name: 'Add design' }).click();
      await page.getByRole('heading', { level: 1, name: 'Warehouse' }).waitFor();
      await page.getByText('Every limit that was computed is kept').waitFor();

      await page.getByRole('button', { name: 'Add copper links' }).click();
      await dialog.getByRole('searchbox').fill('FX-CAT6A');
      const cable = dialog.getByLabel('Cable of the catalog');
      await expect.poll(() => cable.locator('option').count(), soon).toBe(2);
      await cable.selectOption({ index: 1 });
      for (const [label, text] of [
        ['Floor', '1'],
        ['Space (capital letters)', 'A'],
        ['Panel (capital letters)', 'B'],
        ['Port', '1'],
        ['To (outlet, room or rack)', 'Dock'],
        ['Horizontal run as measured (m)', '95'],
        ['Outer diameter (mm)', '7,2'],
        ['All cords together (m)', '6'],
        ['How many such links', '3'],
      ] as const)
        await dialog.getByLabel(label, { exact: true }).fill(text);
      await dialog.getByLabel('Category').selectOption('6A');
      await dialog.getByLabel('Gauge of the cable (AWG)').selectOption('23');
      await dialog.getByLabel('Gauge of the cords (AWG)').selectOption('26');
      await dialog.getByLabel('Class of a device that it feeds').selectOption('4');
      await world().album.take(page, 'cabling-links');
      await dialog.getByRole('button', { name: 'Add links' }).click();
      await done();
      await expect.poll(() => columnOf(page, 'Links', 'To'), soon).toEqual(['Dock 1', 'Dock 2', 'Dock 3']);
      await page.getByText('95 m where 90 m is the limit').first().waitFor();

      await page.getByRole('button', { name: 'Change link 1A-B02' }).click();
      expect(await dialog.getByLabel('Outer diameter (mm)').inputValue()).toBe('7.2');
      await dialog.getByLabel('Horizontal run as measured (m)').fill('-4');
      await dialog.getByRole('button', { name: 'Save link' }).click();
      await dialog.getByText('expected number to be >=0.001').first().waitFor();
      await dialog.getByLabel('Horizontal run as measured (m)').fill('60');
      await dialog.getByRole('button', { name: 'Save link' }).click();
      await done();
      await expect
        .poll(() => columnOf(page, 'Links', 'State'), soon)
        .toEqual(['Not computed', 'Keeps its limits', 'Not computed']);

      await page.getByRole('button', { name: 'Add conduit' }).click();
      await dialog.getByLabel('Name').fill('Stub');
      await dialog.getByLabel('Kind').selectOption('EMT');
      await dialog.getByLabel('Trade size; without one the smallest that fits').selectOption('1/2');
      await dialog.getByLabel('Every link below').check();
      await dialog.getByRole('button', { name: 'Add conduit' }).click();
      await done();
      await page.getByText('More cable than the conduit may hold').waitFor();
      await page.getByRole('button', { name: 'Add PoE source' }).click();
      await dialog.getByLabel('Name').fill('Switch');
      await dialog.getByLabel('To all ports together (W)').fill('60');
      await dialog.getByLabel('Every link below').check();
      await dialog.getByRole('button', { name: 'Add PoE source' }).click();
      await done();
      await page.getByText('90 W where 60 W is the limit').waitFor();

      await page.getByRole('button', { name: 'Add supply' }).click();
      await dialog.getByLabel('Name').fill('Gate');
      await dialog.getByLabel('Voltage of the supply (V)').fill('12');
      await dialog.getByLabel('Constant power, instead of the current (W)').fill('500');
      await dialog.getByLabel('One way (m)').fill('100');
      await dialog.getByLabel('Gauge: a number, or "1/0" to "4/0"').selectOption('22');
      await dialog.getByRole('button', { name: 'Add supply' }).click();
      await done();
      await page.getByText('Gate: device-supply cannot be computed').waitFor();
      await page.getByRole('button', { name: 'Remove Gate' }).click();
      await dialog.getByRole('button', { name: 'Remove from design' }).click();
      await done();
      await expect.poll(() => columnOf(page, 'Power', 'State'), soon).toEqual(['1 warning']);
      await page.getByRole('button', { name: 'Add fibre links' }).click();
      for (const [label, text] of [
        ['Floor', '1'],
        ['Space (capital letters)', 'A'],
        ['Panel (capital letters)', 'F'],
        ['Port', '1'],
        ['To (outlet, room or rack)', 'Gatehouse'],
        ['Horizontal run as measured (m)', '500'],
        ['Outer diameter (mm)', '3'],
        ['Loss of each connector pair (dB)', '0.5 0.5'],
      ] as const)
        await dialog.getByLabel(label, { exact: true }).fill(text);
      await dialog.getByLabel('Fibre', { exact: true }).selectOption('OM4');
      await dialog.getByLabel('What it is to carry').selectOption('10GBASE-SR');
      await dialog.getByRole('button', { name: 'Add links' }).click();
      await done();
      await page.getByText('500 m where 400 m is the limit').waitFor();

      await page.getByRole('button', { name: 'Add part' }).click();
      await dialog.getByRole('searchbox').fill('FX-OM4');
      const product = dialog.getByLabel('Product of the catalog');
      await expect.poll(() => product.locator('option').count(), soon).toBe(2);
      await product.selectOption({ index: 1 });
      await dialog.getByLabel('Quantity').fill('2');
      await dialog.getByRole('button', { name: 'Add part' }).click();
      await done();
      await page.getByText('Total not known: 1 line has no amount').waitFor();
      await world().album.takeBoth(page, 'cabling-warnings');

      await page.getByRole('link', { name: 'OM4 duplex patch cord 3 m' }).click();
      await page.getByRole('button', { name: 'Add price' }).click();
      await dialog.getByLabel('Price a unit').fill('12.50');
      await dialog.getByLabel('From').fill('2026-01-01');
      await dialog.getByRole('button', { name: 'Save price' }).click();
      await done();
      await page.goBack();
      await page.getByText('Total not known: 1 line has no amount').waitFor();
      await page.getByRole('button', { name: 'Check against today' }).click();
      await expect
        .poll(() => columnOf(page, 'What would change', 'Figure'), soon)
        .toEqual(['Amount', 'Problem', 'Price a unit', 'Lines without an amount', 'Total']);
      expect(await columnOf(page, 'What would change', 'Today')).toContain('$284.25');
      await world().album.takeBoth(page, 'cabling-today');
      await page.getByRole('button', { name: 'Take today’s figures' }).click();
      await page.getByText('Total $284.25').waitFor();

      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await dialog.getByRole('button', { name: 'Remove design' }).click();
      await page.getByRole('heading', { level: 1, name: 'Cabling' }).waitFor();
      await expect.poll(() => columnOf(page, 'Cabling designs', 'Design'), soon).not.toContain('Warehouse');
    }));

  it('shows a guest the design that was published for them, without a price', () =>
    visit(guest, async ({ page }) => {
      await open(page, 'Cabling');
      await page.getByRole('link', { name: example }).click();
      await page.getByRole('heading', { level: 1, name: example }).waitFor();
      await settled(page);
      expect(await columnOf(page, 'Bill of materials', 'To order')).toHaveLength(4);
      expect(await page.getByRole('main').innerText()).not.toMatch(/\$|Total|Price/);
      expect(await page.getByRole('button', { name: /Add|Change|Remove|Check/ }).count()).toBe(0);
      await world().album.takeBoth(page, 'guest-cabling');
    }));
};
