import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Subscription } from './objects.ts';
import type { Pax8Client } from './pax8-client.ts';
import type { ReadList } from './readable.ts';

/** Subscriptions that Pax8 has named, and when they were looked up, by the database's clock. */
export interface Hints {
  ids: string[];
  at: string;
}

/** Each is a call of its own: of a flood of hints the rest is read with the next sync. */
const mostHints = 500;

/** Those of which something has changed since they were read last; the oldest first. */
export const hintsLeft = async (transaction: Transaction): Promise<Hints> => {
  const hints = await transaction.rows(sql<{ id: string }>`
    select subscription_id as id from billing.pax8_hints
    where read_at is null or read_at < hinted_at order by hinted_at, subscription_id limit ${mostHints}`);
  const { at } = await transaction.one(sql<{ at: string }>`select now()::text as at`);
  return { ids: hints.map(({ id }) => id), at };
};

/** A list without a snapshot may leave something out; what Pax8 has named is read by its id where it did. */
export const listedWithHints = async (
  client: Pax8Client,
  { items, held }: ReadList<Subscription>,
  { ids }: Hints,
): Promise<ReadList<Subscription>> => {
  const listed = new Set([...items, ...held].map(({ id }) => id));
  const all: ReadList<Subscription> = { items: [...items], held: [...held] };
  for (const id of ids.filter((one) => !listed.has(one))) {
    const found = await client.subscription(id);
    all.items.push(...found.items.filter((one) => one.id === id));
    all.held.push(...found.held);
  }
  return all;
};

/** They were read after that; one that Pax8 names once more meanwhile is read once more. */
export const rememberHints = async (transaction: Transaction, { ids, at }: Hints): Promise<void> => {
  await transaction.change(sql`
    update billing.pax8_hints set read_at = ${at}::timestamptz where subscription_id = any (${ids}::uuid[])`);
};
