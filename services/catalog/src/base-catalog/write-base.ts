import type { DatabasePool } from '@legendops/kit/db/pool';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import { awaitedWrite, type Transaction } from '@legendops/kit/db/transaction';
import { BaseField } from '../contract.ts';
import type { BaseContent } from '../product/base-fields.ts';
import { wordsOf } from '../product/words.ts';
import { baseColumns, baseContentOf, type BaseRow } from './base-row.ts';
import type { BaseEntry } from './contract.ts';

/** What becomes of the base itself. */
export interface WrittenBase {
  counts: { added: number; changed: number; retired: number; unchanged: number };
  /** What is retired, by key, with its name: a key that was mistyped shows here. */
  retired: { key: string; name: string }[];
}

/** Keys that would come to mean another product: whoever has the one would sell the other at its price. */
export class ReusedKeys extends Error {
  override readonly name = 'ReusedKeys';
  readonly reused: readonly { key: string; was: string; now: string }[];

  constructor(reused: readonly { key: string; was: string; now: string }[]) {
    super(reused.map(({ key, was, now }) => `${key} is ${was} and would be ${now}`).join('; '));
    this.reused = reused;
  }
}

export const asOwner = 'set local role legendops_owner';

const isSame = (a: BaseContent, b: BaseContent): boolean => BaseField.options.every((field) => a[field] === b[field]);

/** A product may be renamed or renumbered: one that has neither the name nor a number of before is another one. */
const isAnother = (before: BaseContent, after: BaseContent): boolean =>
  before.name !== after.name &&
  (before.mpn === '' || before.mpn.toLowerCase() !== after.mpn.toLowerCase()) &&
  (before.gtin === null || before.gtin !== after.gtin);

const write = async (transaction: Transaction, entries: readonly BaseEntry[]): Promise<void> => {
  const wanted = entries.map((entry) => ({ ...entry, words: ` ${wordsOf({ ...entry, sku: '' }).join(' ')}` }));
  await transaction.change(sql`
    insert into catalog.base_products as b (key, kind, name, description, manufacturer, mpn, gtin, unspsc, lifecycle, unit, pack_size, words)
    select n.key, n.kind, n.name, n.description, n.manufacturer, n.mpn, n.gtin, n.unspsc, n.lifecycle, n.unit, n."packSize", n.words
    from jsonb_to_recordset(${jsonValue(wanted)}::jsonb) n (key text, kind text, name text, description text, manufacturer text,
      mpn text, gtin text, unspsc text, lifecycle text, unit text, "packSize" integer, words text)
    on conflict (key) do update set kind = excluded.kind, name = excluded.name, description = excluded.description,
      manufacturer = excluded.manufacturer, mpn = excluded.mpn, gtin = excluded.gtin, unspsc = excluded.unspsc,
      lifecycle = excluded.lifecycle, unit = excluded.unit, pack_size = excluded.pack_size, words = excluded.words,
      retired_at = null, updated_at = now()`);
};

/** Writes the base itself, unless it is only looked at: what is there and not in the entries is retired, never removed. */
export const writeBase = (
  pool: DatabasePool,
  entries: readonly BaseEntry[],
  { keep }: { keep: boolean },
): Promise<WrittenBase> =>
  awaitedWrite(pool, asOwner, async (transaction) => {
    // Waits for whoever is taking a product as it was, and lets others take it only as it is afterwards.
    // Not for long: everybody else who reads it waits behind.
    if (keep) await transaction.change(sql`set local lock_timeout = '15s'`);
    if (keep) await transaction.change(sql`lock table catalog.base_products in access exclusive mode`);
    const rows = await transaction.rows(
      sql<BaseRow>`select ${baseColumns} from catalog.base_products b order by b.key`,
    );
    const before = new Map(rows.map((row) => [row.key, row]));
    const reused = entries.flatMap((entry) => {
      const row = before.get(entry.key);
      return row !== undefined && isAnother(baseContentOf(row), entry)
        ? [{ key: entry.key, was: row.name, now: entry.name }]
        : [];
    });
    if (reused.length > 0) throw new ReusedKeys(reused);
    const said = new Set(entries.map(({ key }) => key));
    const added = entries.filter(({ key }) => !before.has(key));
    const changed = entries.filter((entry) => {
      const row = before.get(entry.key);
      return row !== undefined && (row.retired_at !== null || !isSame(entry, baseContentOf(row)));
    });
    const retired = rows
      .filter(({ key, retired_at }) => retired_at === null && !said.has(key))
      .map(({ key, name }) => ({ key, name }));
    if (keep) {
      await write(transaction, [...added, ...changed]);
      const keys = retired.map(({ key }) => key);
      await transaction.change(
        sql`update catalog.base_products set retired_at = now(), updated_at = now() where key = any(${keys}::text[])`,
      );
    }
    const unchanged = entries.length - added.length - changed.length;
    return {
      counts: { added: added.length, changed: changed.length, retired: retired.length, unchanged },
      retired,
    };
  });
