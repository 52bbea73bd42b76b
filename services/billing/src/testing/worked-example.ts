import { minorDigits } from '@legendops/kit/contract/currency';
import { readFileSync } from 'node:fs';
import { exact, nothing, product, sum, type Exact } from './simulation/exact.ts';

/** A line of the page, in minor units: what a person reckoned exactly, and what the invoice says. */
export interface WorkedLine {
  text: string;
  byHand: Exact;
  amountMinor: bigint;
}

export interface WorkedInvoice {
  lines: WorkedLine[];
  /** The last line, without a reckoning of its own. */
  total: { text: string; amountMinor: bigint };
  told: string[];
}

const page = new URL('../../../../docs/reference/billing-worked-example.md', import.meta.url);

const decimal = (text: string): Exact => {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`${text} is no number`);
  return exact(BigInt(`${sign}${whole}${part}`), 10n ** BigInt(part.length));
};

const factor = (text: string): Exact => {
  const [above = '', below] = text.split('/');
  return below === undefined ? decimal(above) : exact(BigInt(above), BigInt(below));
};

/** Sums and differences of products, as on paper: `10 × 20.00 × 15/31 − 1.00`. */
const reckoned = (text: string): Exact =>
  text.split(' + ').reduce((all, summand) => {
    const [first = nothing, ...less] = summand.split(' − ').map((one) => one.split(' × ').map(factor).reduce(product));
    return less.reduce((left, one) => sum(left, product(one, exact(-1))), sum(all, first));
  }, nothing);

const cells = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The tables of a section, each without its head. */
const tablesOf = (section: string): { head: string; rows: string[][] }[] =>
  section
    .split(/\n{2,}/)
    .filter((block) => block.startsWith('|'))
    .map((block) => {
      const [head = '', , ...rows] = block.trim().split('\n');
      return { head: cells(head).join(), rows: rows.map(cells) };
    });

/** What the page says of a customer, whose section begins with these words. */
export const workedInvoice = (title: string, currency: string): WorkedInvoice => {
  const section = readFileSync(page, 'utf8')
    .split('\n## ')
    .find((one) => one.startsWith(title));
  if (section === undefined) throw new Error(`The page has no section ${title}`);
  const minor = exact(10n ** BigInt(minorDigits(currency)));
  const amount = (text: string): bigint => product(decimal(text), minor).n;
  const tables = tablesOf(section);
  const rows = tables.find(({ head }) => head === 'Line,By hand,Amount')?.rows ?? [];
  const [text = '', , total = ''] = rows.at(-1) ?? [];
  return {
    lines: rows.slice(0, -1).map(([line = '', byHand = '', said = '']) => ({
      text: line,
      byHand: product(reckoned(byHand), minor),
      amountMinor: amount(said),
    })),
    total: { text, amountMinor: amount(total) },
    told: (tables.find(({ head }) => head === 'Told,Amount')?.rows ?? []).map((row) => row.join(' ')),
  };
};
