import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { InvoiceSheet, SheetLine } from './invoice-sheet.ts';
import { printable } from '@legendops/kit/http/printable';

const require = createRequire(import.meta.url);
const regular = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const bold = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

// Points on A4.
const margin = 50;
const right = 545;
const bottom = 770;
const columns = [
  { name: 'Description', at: margin, width: 255, align: 'left' },
  { name: 'Quantity', at: 310, width: 65, align: 'right' },
  { name: 'Unit price', at: 380, width: 80, align: 'right' },
  { name: 'Amount', at: 465, width: 80, align: 'right' },
] as const;
const description = columns[0];

const cellsOf = (line: SheetLine): string[] => [line.description, line.quantity, line.unitPrice, line.amount];

const factsOf = (sheet: InvoiceSheet): [string, string][] => [
  ['Number', sheet.number ?? 'Given when it is posted'],
  ...(sheet.date === null ? [] : ([['Date', sheet.date]] satisfies [string, string][])),
  ...(sheet.dueDate === null ? [] : ([['Due', sheet.dueDate]] satisfies [string, string][])),
  ['Period', `${sheet.periodStart} to ${sheet.periodEnd}`],
];

const notesOf = (sheet: InvoiceSheet, isComplete: boolean): string[] => [
  'Tax is added by QuickBooks where it applies.',
  ...(sheet.dueDate === null ? ['It is due by the terms that QuickBooks states.'] : []),
  ...(sheet.putTogether > 0
    ? [`${sheet.putTogether} lines are put together: those of one product first, then the smallest amounts.`]
    : []),
  ...(isComplete
    ? []
    : ['□ stands for a character that cannot be printed here; the table (CSV) of this invoice has it.']),
];

type Sheet = PDFKit.PDFDocument;

const row = (document: Sheet, y: number, cells: readonly string[]): void =>
  columns.forEach(({ at, width, align }, index) => {
    document.text(printable(cells[index] ?? ''), at, y, { width, align });
  });

const rule = (document: Sheet, y: number): Sheet =>
  document.moveTo(margin, y).lineTo(right, y).lineWidth(0.5).stroke('#999999');

/** The names of the columns, on every page that has lines; where the first of them stands. */
const tableHead = (document: Sheet, y: number): number => {
  document.font(bold).fontSize(9).fillColor('#000000');
  row(
    document,
    y,
    columns.map(({ name }) => name),
  );
  rule(document, y + 14);
  document.font(regular);
  return y + 20;
};

const head = (document: Sheet, sheet: InvoiceSheet): number => {
  document.font(bold).fontSize(18).fillColor('#000000');
  document.text(`${sheet.title}${sheet.standing === null ? '' : ` (${sheet.standing})`}`, margin, margin, {
    width: right - margin,
  });
  document.fontSize(11).text(printable(sheet.provider), margin, document.y + 6, { width: right - margin });
  document
    .font(regular)
    .fontSize(9)
    .text('To', margin, document.y + 12);
  document.fontSize(11).text(printable(sheet.customer), margin, document.y, { width: right - margin });
  document.fontSize(9);
  let y = document.y + 12;
  for (const [name, value] of factsOf(sheet)) {
    document.fillColor('#555555').text(name, margin, y, { width: 80 });
    document.fillColor('#000000').text(value, margin + 85, y, { width: right - margin - 85 });
    y = document.y + 2;
  }
  return tableHead(document, y + 14);
};

const pageNumbers = (document: Sheet, sheet: InvoiceSheet): void => {
  const { count } = document.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(page);
    // Below the margin nothing may flow, or every number would begin a page of its own.
    document.page.margins.bottom = 0;
    document.font(regular).fontSize(8).fillColor('#555555');
    document.text(`${sheet.title} ${sheet.number ?? ''} · page ${page + 1} of ${count}`, margin, 800, {
      width: right - margin,
      align: 'right',
      lineBreak: false,
    });
  }
};

const write = (document: Sheet, sheet: InvoiceSheet): void => {
  const next = (y: number, height: number): number => {
    if (y + height <= bottom) return y;
    document.addPage();
    return tableHead(document, margin);
  };
  let y = head(document, sheet);
  for (const line of sheet.lines) {
    const height = document.heightOfString(printable(line.description), { width: description.width });
    y = next(y, height);
    row(document, y, cellsOf(line));
    y += height + 5;
  }
  const everything = [sheet.provider, sheet.customer, ...sheet.lines.map((line) => line.description)].join('');
  const notes = notesOf(sheet, printable(everything) === everything).join('\n');
  y = next(y, 40 + document.heightOfString(notes, { width: right - margin }));
  rule(document, y + 2);
  document.font(bold).fontSize(11).fillColor('#000000');
  document.text('Total', margin, y + 10);
  document.text(`${sheet.total} ${sheet.currency}`, margin, y + 10, { width: right - margin, align: 'right' });
  document
    .font(regular)
    .fontSize(9)
    .text(notes, margin, y + 32, { width: right - margin });
  pageNumbers(document, sheet);
};

/** The invoice on paper. The same invoice is the same bytes, whenever it is printed. */
export const invoicePdf = (sheet: InvoiceSheet, { isCompressed } = { isCompressed: true }): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const document = new PDFDocument({
      size: 'A4',
      margin,
      bufferPages: true,
      compress: isCompressed,
      font: regular,
      info: {
        Title: `${sheet.title} ${sheet.number ?? sheet.periodStart.slice(0, 7)}`,
        Author: sheet.provider,
        CreationDate: new Date(`${sheet.date ?? sheet.periodEnd}T00:00:00Z`),
      },
    });
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
    write(document, sheet);
    document.end();
  });
