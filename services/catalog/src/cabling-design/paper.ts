import { createRequire } from 'node:module';
import { printable } from '@legendops/kit/http/printable';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);
const regular = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const bold = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

// Points on A4.
const margin = 50;
const right = 545;
const width = right - margin;
const bottom = 780;
const grey = '#555555';
const ink = '#000000';

export interface PaperColumn {
  name: string;
  /** Of the width of the page, together one. */
  share: number;
  align?: 'right';
}

export interface Bar {
  limit: number;
  actual: number;
}

/** What can be put on a page, one below the other; a page that is full is followed by the next. */
export interface Paper {
  title: (text: string, below: string) => void;
  heading: (text: string) => void;
  facts: (facts: readonly (readonly [string, string])[]) => void;
  table: (columns: readonly PaperColumn[], rows: readonly (readonly string[])[]) => void;
  /** A sentence, what it says more, and a value drawn beside the limit that it is to keep. */
  remark: (text: string, more: string, bar?: Bar) => void;
  note: (text: string) => void;
  total: (name: string, amount: string) => void;
}

interface About {
  title: string;
  author: string;
  date: Date;
}

const onPaper = (document: PDFKit.PDFDocument): Paper & { isComplete: () => boolean } => {
  let y = margin;
  let isComplete = true;
  const shown = (text: string): string => {
    const drawn = printable(text);
    isComplete &&= drawn === text;
    return drawn;
  };
  const room = (height: number): void => {
    if (y + height <= bottom) return;
    document.addPage();
    y = margin;
  };
  const write = (text: string, { size = 9, face = regular, colour = ink, indent = 0 } = {}): void => {
    const drawn = shown(text);
    document.font(face).fontSize(size).fillColor(colour);
    const height = document.heightOfString(drawn, { width: width - indent });
    room(height);
    document.text(drawn, margin + indent, y, { width: width - indent });
    y += height + 2;
  };
  const cells = (columns: readonly PaperColumn[], texts: readonly string[]): number => {
    let at = margin;
    const placed = columns.map(({ share, align = 'left' as const }, index) => {
      const cell = { text: shown(texts[index] ?? ''), at, width: share * width - 6, align };
      at += share * width;
      return cell;
    });
    const height = Math.max(...placed.map((cell) => document.heightOfString(cell.text, { width: cell.width })));
    room(height);
    for (const cell of placed) document.text(cell.text, cell.at, y, { width: cell.width, align: cell.align });
    return height;
  };
  const tableHead = (columns: readonly PaperColumn[]): void => {
    document.font(bold).fontSize(8).fillColor(ink);
    y +=
      cells(
        columns,
        columns.map(({ name }) => name),
      ) + 2;
    document.moveTo(margin, y).lineTo(right, y).lineWidth(0.5).stroke('#999999');
    y += 4;
  };
  const bar = ({ limit, actual }: Bar): void => {
    const most = Math.max(limit, actual);
    if (most <= 0) return;
    const at = (value: number): number => (Math.max(value, 0) / most) * 200;
    room(12);
    document.rect(margin + 12, y + 2, at(Math.min(actual, limit)), 5).fill('#2563eb');
    if (actual > limit) document.rect(margin + 12 + at(limit), y + 2, at(actual) - at(limit), 5).fill('#b91c1c');
    document
      .moveTo(margin + 12 + at(limit), y)
      .lineTo(margin + 12 + at(limit), y + 9)
      .lineWidth(1)
      .stroke(ink);
    y += 12;
  };
  return {
    isComplete: () => isComplete,
    title: (text, below) => {
      write(text, { size: 18, face: bold });
      write(below, { size: 11 });
      y += 6;
    },
    heading: (text) => {
      y += 10;
      room(50);
      write(text, { size: 12, face: bold });
      y += 2;
    },
    facts: (facts) => {
      for (const [name, value] of facts) {
        room(14);
        document.font(regular).fontSize(9).fillColor(grey).text(name, margin, y, { width: 120 });
        document.fillColor(ink).text(shown(value), margin + 125, y, { width: width - 125 });
        y = document.y + 2;
      }
    },
    table: (columns, rows) => {
      room(40);
      tableHead(columns);
      for (const row of rows) {
        document.font(regular).fontSize(8).fillColor(ink);
        if (y + 24 > bottom) {
          document.addPage();
          y = margin;
          tableHead(columns);
          document.font(regular).fontSize(8).fillColor(ink);
        }
        y += cells(columns, row) + 4;
      }
    },
    remark: (text, more, drawn) => {
      room(40);
      write(text, { face: bold });
      if (drawn !== undefined) bar(drawn);
      write(more, { size: 8, colour: grey, indent: 12 });
      y += 4;
    },
    note: (text) => write(text, { size: 8, colour: grey }),
    total: (name, amount) => {
      room(24);
      document
        .moveTo(margin, y + 2)
        .lineTo(right, y + 2)
        .lineWidth(0.5)
        .stroke('#999999');
      document
        .font(bold)
        .fontSize(10)
        .fillColor(ink)
        .text(name, margin, y + 8);
      document.text(shown(amount), margin, y + 8, { width, align: 'right' });
      y += 26;
    },
  };
};

const pageNumbers = (document: PDFKit.PDFDocument, title: string): void => {
  const { count } = document.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(page);
    // Below the margin nothing may flow, or every number would begin a page of its own.
    document.page.margins.bottom = 0;
    document.font(regular).fontSize(8).fillColor(grey);
    document.text(`${printable(title)} · page ${page + 1} of ${count}`, margin, 805, {
      width,
      align: 'right',
      lineBreak: false,
    });
  }
};

/** A document on paper: the same words are the same bytes, whenever it is printed. */
export const printed = (
  { title, author, date }: About,
  draw: (paper: Paper) => void,
  { isCompressed } = { isCompressed: true },
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const document = new PDFDocument({
      size: 'A4',
      margin,
      bufferPages: true,
      compress: isCompressed,
      font: regular,
      info: { Title: title, Author: author, CreationDate: date },
    });
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
    const paper = onPaper(document);
    draw(paper);
    if (!paper.isComplete())
      paper.note('□ stands for a character that cannot be printed here; the table (CSV) has it.');
    pageNumbers(document, title);
    document.end();
  });
