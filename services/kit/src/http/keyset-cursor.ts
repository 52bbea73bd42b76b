import { createHash } from 'node:crypto';
import { problem } from '../errors/problem.ts';
import { longestCursor } from '../contract/page.ts';

/** Where a page begins: the keys of the last row before it, in the order of the list. */
export type Keys = readonly string[];

/** What a key of a list is; a cursor with anything else in its place was never ours, and no database is asked with it. */
export type KeyKind = 'instant' | 'date' | 'id' | 'integer' | 'text';

const date = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
const instant = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// The 30th of February and the 25th hour match a pattern; a calendar does not give them back.
const isOnCalendar = (text: string): boolean => {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19).startsWith(text.slice(0, 19));
};

const is: Record<KeyKind, (text: string) => boolean> = {
  date: (text) => date.test(text) && isOnCalendar(text),
  instant: (text) => instant.test(text) && isOnCalendar(text),
  id: (text) => id.test(text),
  integer: (text) => /^\d{1,9}$/.test(text),
  // What PostgreSQL cannot store is in no row.
  text: (text) => text.isWellFormed() && !text.includes('\0'),
};

// The name of a list holds its filter, and that may be long.
const longestName = 100;
const nameIn = (list: string): string =>
  list.length > longestName ? createHash('sha256').update(list).digest('base64url') : list;

/** Opaque to clients: the keys of the last row and the list that they belong to. */
export const encodeCursor = (list: string, keys: Keys): string => {
  const cursor = Buffer.from(JSON.stringify([nameIn(list), ...keys])).toString('base64url');
  if (cursor.length > longestCursor) throw new Error(`A cursor of ${list} has ${cursor.length} characters`);
  return cursor;
};

/** The keys of a cursor that encodeCursor made for the same list and filter; a request problem otherwise. */
export const decodeCursor = (list: string, cursor: string | undefined, kinds: readonly KeyKind[]): Keys | undefined => {
  if (cursor === undefined) return undefined;
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (
      Array.isArray(parts) &&
      parts.length === kinds.length + 1 &&
      parts[0] === nameIn(list) &&
      kinds.every((kind, index) => typeof parts[index + 1] === 'string' && is[kind](parts[index + 1] as string))
    ) {
      return parts.slice(1) as string[];
    }
  } catch {
    // Not a cursor of ours: told below.
  }
  throw problem('request.invalid', {
    places: [{ pointer: '/query/cursor', code: 'invalid', detail: 'Not a cursor of this list' }],
  });
};
