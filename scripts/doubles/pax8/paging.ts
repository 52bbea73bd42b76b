import { Pax8Error } from './pax8-error.ts';
import type { Quirks } from './quirks.ts';

type Row = Record<string, unknown>;
type List<T> = { content: T[]; page: { size: number; totalElements: number; totalPages: number; number: number } };

/** One 0-based page, 10 rows unless asked, 200 at most. There is no snapshot between two pages, as at the vendor. */
export function pageOf<T>(query: URLSearchParams, rows: readonly T[], quirks: Quirks): List<T> {
  const number = wholeNumber(query, 'page', 0);
  const asked = wholeNumber(query, 'size', 10);
  if (asked < 1 || (asked > 200 && quirks.oversize === 'refuse')) {
    throw new Pax8Error(400, 'Invalid request', [`size must be between 1 and 200, came ${asked}`]);
  }
  const size = Math.min(asked, 200);
  const seen = number > 0 ? rows.slice(quirks.rowsLostAfterFirstPage) : rows;
  const totalPages = Math.max(0, Math.ceil(seen.length / size) + quirks.totalPagesOff);
  return {
    content: seen.slice(number * size, (number + 1) * size),
    page: { size, totalElements: seen.length, totalPages, number },
  };
}

function wholeNumber(query: URLSearchParams, name: string, absent: number): number {
  const value = Number(query.get(name) ?? absent);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Pax8Error(400, 'Invalid request', [`${name} must be a whole number, came ${query.get(name)}`]);
}

/** `sort=field,asc|desc`, one field. */
export function sorted<T extends Row>(query: URLSearchParams, rows: readonly T[], fields: readonly string[]): T[] {
  const [field, direction = 'asc'] = (query.get('sort') ?? '').split(',');
  if (!field) return [...rows];
  if (!fields.includes(field) || !['asc', 'desc'].includes(direction)) {
    throw new Pax8Error(400, 'Invalid request', [`sort must be one of ${fields.join(', ')} with asc or desc`]);
  }
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => sign * compared(valueOf(a, field), valueOf(b, field)));
}

/** Rows whose fields equal the query's; a field that is not asked for filters nothing. */
export const filtered = <T extends Row>(query: URLSearchParams, rows: readonly T[], fields: readonly string[]): T[] =>
  rows.filter((row) => fields.every((field) => !query.has(field) || String(valueOf(row, field)) === query.get(field)));

// A company's city and country are inside its address.
const valueOf = (row: Row, field: string): unknown => row[field] ?? (row.address as Row | undefined)?.[field];

function compared(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return textOf(a).localeCompare(textOf(b), 'en');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
