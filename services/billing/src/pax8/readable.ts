import { storable } from '@legendops/kit/db/storable';
import type { z } from 'zod';

/** A record that cannot be read: which, by Pax8's id where it has one, and why. It is held alone, and told. */
export interface HeldRecord {
  kind:
    | 'company'
    | 'product'
    | 'subscription'
    | 'usage summary'
    | 'usage line'
    | 'invoice'
    | 'invoice item'
    | 'order'
    | 'contact'
    | 'price'
    | 'subscription history';
  id: string | null;
  reason: string;
}

/** What could be read of a list, and what is held. */
export interface ReadList<Record> {
  items: Record[];
  held: HeldRecord[];
}

const longestId = 100;

const idOf = (record: unknown): string | null => {
  const id = typeof record === 'object' && record !== null && 'id' in record ? record.id : null;
  return typeof id === 'string' ? storable(id.slice(0, longestId)) : null;
};

// Names the place and what was expected, never what came: it may be anything, and anybody's.
const reasonOf = ({ issues: [first] }: z.ZodError): string =>
  first === undefined ? 'it is not understood' : `${first.path.join('.') || 'it'}: ${first.message}`;

/** Each record by itself: what one of them is like keeps no other back. */
export const readEach = <Item extends z.ZodType>(
  item: Item,
  kind: HeldRecord['kind'],
  records: readonly unknown[],
): ReadList<z.infer<Item>> => {
  const list: ReadList<z.infer<Item>> = { items: [], held: [] };
  for (const record of records) {
    const read = item.safeParse(record);
    if (read.success) list.items.push(read.data);
    else list.held.push({ kind, id: idOf(record), reason: reasonOf(read.error) });
  }
  return list;
};

/** The rows that the mirror can keep; what makes none, such as a number that no column holds, is held. */
export const rowsOf = <Item, Row>(
  items: readonly Item[],
  { kind, id, row }: { kind: HeldRecord['kind']; id: (item: Item) => string | null; row: (item: Item) => Row },
): ReadList<Row> => {
  const list: ReadList<Row> = { items: [], held: [] };
  for (const item of items)
    try {
      list.items.push(row(item));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      list.held.push({ kind, id: id(item), reason: error.message });
    }
  return list;
};

/** The ids of what is held; undefined where one has none, and nobody can say what is listed. */
export const idsOfHeld = (held: readonly HeldRecord[]): string[] | undefined => {
  const ids = held.flatMap(({ id }) => id ?? []);
  return ids.length === held.length ? ids : undefined;
};
