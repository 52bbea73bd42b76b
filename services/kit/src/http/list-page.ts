import type { Page } from '../contract/page.ts';
import type { Place } from '../db/page-rows.ts';
import { decodeCursor, encodeCursor, type KeyKind, type Keys } from './keyset-cursor.ts';

/** A list that is read page by page, in the order of its keys. */
interface PagedList<Row, Item> {
  /** The list with its filter: a cursor of another one is refused. */
  list: string;
  by: readonly KeyKind[];
  /** The rows after a place, at least one more than asked: it says that there is a next page. */
  read: (place: Place) => Promise<readonly Row[]>;
  keys: (row: Row) => Keys;
  present: (row: Row) => Item;
}

export const listPage = async <Row, Item>(
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  { list, by, read, keys, present }: PagedList<Row, Item>,
): Promise<Page<Item>> => {
  const rows = await read({ after: decodeCursor(list, cursor, by), limit });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(present),
    page: { next: rows.length > limit && last !== undefined ? encodeCursor(list, keys(last)) : null },
  };
};
