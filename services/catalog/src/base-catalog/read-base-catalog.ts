import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { BaseEntry } from './contract.ts';

export interface ReadBase {
  entries: BaseEntry[];
  /** Each with its row, from 1 on, and its key. */
  errors: string[];
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
};

/** Which of these no other one may have as well, and what to call it. */
const alone: readonly [string, (entry: BaseEntry) => string | null][] = [
  ['key', ({ key }) => key],
  ['gtin', ({ gtin }) => gtin],
  ['mpn', ({ manufacturer, mpn }) => (mpn === '' ? null : `${manufacturer}\n${mpn}`.toLowerCase())],
];

/** A whole base catalog as a JSON list, or what is wrong with which row. */
export const readBaseCatalog = (text: string): ReadBase => {
  // What was read of bytes of another encoding: names would be spoilt in every tenant's catalog.
  if (text.includes('\ufffd'))
    return { entries: [], errors: ['It is not UTF-8, or was spoilt before: write it again as UTF-8'] };
  const rows = parsed(text);
  // None at all would retire everything: that is no list that somebody meant.
  if (!Array.isArray(rows) || rows.length === 0)
    return { entries: [], errors: ['It must be a JSON list of products, one at least'] };
  const entries: BaseEntry[] = [];
  const errors: string[] = [];
  const seen = new Map<string, number>();
  for (const [at, row] of (rows as unknown[]).entries()) {
    const { data: entry, error } = BaseEntry.safeParse(row);
    for (const { path, message } of error?.issues ?? [])
      errors.push(asLineOfText(`Row ${at + 1}${path.length > 0 ? `, ${path.join('.')}` : ''}: ${message}`, 300));
    if (entry === undefined) continue;
    entries.push(entry);
    for (const [field, valueOf] of alone) {
      const value = valueOf(entry);
      if (value === null) continue;
      const before = seen.get(`${field}\n${value}`);
      if (before !== undefined) errors.push(`Row ${at + 1}, ${field}: row ${before} has it already`);
      else seen.set(`${field}\n${value}`, at + 1);
    }
  }
  return { entries, errors };
};
