import { problem } from '../errors/problem.ts';
import type { Page } from '../contract/page.ts';

/** Where a page begins: the keys of the last row before it, in the order of the list. */
export type Keys = readonly string[];

/** Opaque to clients: the keys of the last row and the list that they belong to. */
export const encodeCursor = (list: string, keys: Keys): string =>
  Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');

/** The keys of a cursor that encodeCursor made for the same list and filter; a request problem otherwise. */
export const decodeCursor = (list: string, cursor: string | undefined, count: number): Keys | undefined => {
  if (cursor === undefined) return undefined;
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (
      Array.isArray(parts) &&
      parts.length === count + 1 &&
      parts[0] === list &&
      parts.every((part) => typeof part === 'string')
    ) {
      return parts.slice(1);
    }
  } catch {
    // Not a cursor of ours: told below.
  }
  throw problem('request.invalid', {
    places: [{ pointer: '/query/cursor', code: 'invalid', detail: 'Not a cursor of this list' }],
  });
};

/** Turns limit + 1 rows into a page: one row more than asked says that there is a next page. */
export const toPage = <Row, Item>({
  rows,
  limit,
  list,
  keys,
  present,
}: {
  rows: readonly Row[];
  limit: number;
  list: string;
  keys: (row: Row) => Keys;
  present: (row: Row) => Item;
}): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(present),
    page: { next: rows.length > limit && last !== undefined ? encodeCursor(list, keys(last)) : null },
  };
};
