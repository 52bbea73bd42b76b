import { describe, expect, it, test } from 'vitest';
import { pdfText } from '@legendops/kit/testing/pdf-text';
import { invoiceCsv } from './invoice-csv.ts';
import { invoicePdf } from './invoice-pdf.ts';
import type { InvoiceSheet } from './invoice-sheet.ts';
import { printable } from '@legendops/kit/http/printable';

const sheet = (more: Partial<InvoiceSheet> = {}): InvoiceSheet => ({
  title: 'Invoice',
  standing: null,
  provider: 'Northwind IT',
  customer: 'Fabrikam',
  number: 'LO000001L',
  date: '2026-01-31',
  dueDate: '2026-03-02',
  periodStart: '2026-01-01',
  periodEnd: '2026-01-31',
  currency: 'USD',
  lines: [
    { description: 'Business Premium, monthly, January 2026', quantity: '5', unitPrice: '20.00', amount: '100.00' },
  ],
  total: '100.00',
  putTogether: 0,
  ...more,
});
const printed = async (more: Partial<InvoiceSheet> = {}) =>
  pdfText(await invoicePdf(sheet(more), { isCompressed: false }));

describe('an invoice on paper', () => {
  it('says whose, to whom, which, when, for what, and how much', async () => {
    const [page] = await printed();
    for (const words of ['Invoice', 'Northwind IT', 'Fabrikam', 'LO000001L', '2026-01-31', '2026-03-02'])
      expect(page).toContain(words);
    expect(page).toMatch(/Business Premium, monthly, January 2026 5 20\.00 100\.00/);
    expect(page).toMatch(/Total 100\.00 USD/);
    expect(page).toContain('Tax is added by QuickBooks');
    expect(page).not.toContain('draft');
  });

  it('goes over as many pages as it needs, each with the names of its columns and its number', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => ({
      description: `Thing ${index + 1}, whose name is so long that it takes two lines of the sheet, January 2026`,
      quantity: '1',
      unitPrice: '1.00',
      amount: '1.00',
    }));
    const pages = await printed({ lines, total: '120.00', putTogether: 7 });
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => {
      expect(page).toContain(`page ${index + 1} of ${pages.length}`);
      expect(page).toContain('Description Quantity Unit price Amount');
    });
    const all = pages.join(' ');
    for (const { description } of lines) expect(all).toContain(description.slice(0, 12));
    expect(pages.at(-1)).toContain('Total 120.00 USD');
    expect(all).toContain('7 lines are put together');
  });

  it('of a draft says that it is one', async () => {
    const [page] = await printed({ standing: 'draft', number: null, date: null, dueDate: null });
    expect(page).toContain('(draft)');
    expect(page).toContain('Given when it is posted');
    expect(page).toContain('by the terms that QuickBooks states');
  });

  it('that is void says so, under its number', async () => {
    const [page] = await printed({ standing: 'void' });
    expect(page).toContain('Invoice (void)');
    expect(page).toContain('LO000001L');
  });

  it('has Greek and Cyrillic, and shows where a character is missing', async () => {
    const [page] = await printed({ customer: 'Ελλάς Μεταφορές и Партнёры Čěšť', provider: '東京 IT' });
    expect(page).toContain('Ελλάς Μεταφορές и Партнёры Čěšť');
    expect(page).toContain('□□ IT');
    expect(page).toContain('□ stands for a character');
  });

  it('is the same bytes each time', async () => {
    expect(await invoicePdf(sheet())).toEqual(await invoicePdf(sheet()));
  });
});

test.each([
  ['Müller & Søn: 5 € – 3 ½', 'Müller & Søn: 5 € – 3 ½'],
  ['日本', '□□'],
  ['a😀b', 'a□b'],
])('%s is printed as %s', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

it('as a table holds the same lines and no formula', () => {
  const table = invoiceCsv(sheet({ customer: '=cmd()', number: null }));
  expect(table.split('\r\n')[1]).toBe(
    `"'=cmd()","draft","2026-01-01","2026-01-31","Business Premium, monthly, January 2026","5","20.00","100.00","USD"`,
  );
});
