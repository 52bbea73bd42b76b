import { storable } from '@legendops/kit/db/storable';
import type { z } from 'zod';
import { instantOf } from '../superops/instant.ts';
import { mirrored, type MirroredKindName } from '../superops/mirrored.ts';
import { Conversation, SuperOpsId } from '../superops/objects.ts';

/** What the mirror holds; a message is of a ticket's conversation. */
export type ObjectKind = MirroredKindName | 'message';

/** An object as it is kept. */
export interface KeptObject {
  id: string;
  client_id: string | null;
  ticket_id: string | null;
  name: string;
  body: unknown;
  changed_at: string | null;
}

/** A record that could not be read: named by what there is of it, and by which fields are wrong; never by what they hold. */
export interface HeldRecord {
  subject: string;
  name: string | null;
  fields: string;
}

export interface ReadRows {
  /** Once each: a list may give one on two of its pages. */
  objects: KeptObject[];
  held: HeldRecord[];
}

const longestName = 500;
const nameFields = ['name', 'subject', 'displayId', 'email'];

/** PostgreSQL keeps neither U+0000 nor half of a character, wherever in an object it stands. */
const keepable = (value: unknown): unknown => {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(keepable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [storable(key), keepable(of)]));
};

const fieldOf = (row: unknown, name: string): unknown =>
  typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[name] : undefined;

const heldOf = (row: unknown, key: string, place: string, { issues }: z.ZodError): HeldRecord => {
  const id = SuperOpsId.safeParse(fieldOf(row, key));
  const name = nameFields.map((field) => fieldOf(row, field)).find((found) => typeof found === 'string');
  return {
    subject: id.data ?? place,
    name: typeof name === 'string' ? storable(name).slice(0, longestName) : null,
    fields: [...new Set(issues.map(({ path }) => path.join('.') || 'the record itself'))]
      .join(', ')
      .slice(0, longestName),
  };
};

const read = (
  rows: readonly unknown[],
  {
    key,
    schema,
    keep,
    placeOf,
  }: {
    key: string;
    schema: z.ZodType;
    keep: (row: unknown) => Omit<KeptObject, 'body'>;
    placeOf: (index: number) => string;
  },
): ReadRows => {
  const objects = new Map<string, KeptObject>();
  const held = new Map<string, HeldRecord>();
  for (const [index, row] of rows.entries()) {
    const parsed = schema.safeParse(row);
    if (parsed.success) {
      const kept = { ...keep(parsed.data), body: keepable(parsed.data) };
      objects.set(kept.id, { ...kept, name: storable(kept.name).slice(0, longestName) });
    } else {
      const one = heldOf(row, key, placeOf(index), parsed.error);
      held.set(one.subject, one);
    }
  }
  return { objects: [...objects.values()], held: [...held.values()] };
};

/** The rows of a page of a list. */
export const readPage = (kind: MirroredKindName, page: number, rows: readonly unknown[]): ReadRows => {
  const { list, key, describe } = mirrored[kind];
  return read(rows, {
    key,
    schema: list.row,
    keep: (row) => {
      const { id, clientId, name, changedAt } = describe(row);
      return { id, client_id: clientId, ticket_id: null, name, changed_at: changedAt };
    },
    placeOf: (index) => `page ${page}, row ${index + 1}`,
  });
};

/** The messages of a ticket's conversation. */
export const readMessages = (ticketId: string, rows: readonly unknown[]): ReadRows =>
  read(rows, {
    key: 'conversationId',
    schema: Conversation,
    keep: (row) => {
      const { conversationId: id, type, time } = row as z.infer<typeof Conversation>;
      return { id, client_id: null, ticket_id: ticketId, name: type, changed_at: instantOf(time) };
    },
    placeOf: (index) => `ticket ${ticketId}, message ${index + 1}`,
  });
