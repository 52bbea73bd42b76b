import { actingAs, asNobody, type ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import { sqlState } from '@legendops/kit/db/database-error';
import type { DatabasePool } from '@legendops/kit/db/pool';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import { awaitedWrite, type Transaction } from '@legendops/kit/db/transaction';
import { BaseField } from '../contract.ts';
import { following, type BaseContent } from '../product/base-fields.ts';
import { productsById } from '../product/known-products.ts';
import { contentOf, productColumns, type ProductRow } from '../product/product-row.ts';
import { wordsOf } from '../product/words.ts';
import { releaseNumbers, updateProducts } from '../product/write-product.ts';
import { baseColumns, baseContentOf, type BaseRow } from './base-row.ts';
import type { BaseEntry } from './contract.ts';

export interface AppliedBase {
  counts: { added: number; changed: number; retired: number; unchanged: number };
  /** How many products of tenants followed. */
  followed: number;
  /** Those that could not: another product of their tenant has the number that the base gives them. */
  behind: { tenantId: string; sku: string; key: string }[];
}

const asOwner = 'set local role legendops_owner';

/** The tenant's rows as the owner of the tables: the policies hold it to this tenant. */
const asOwnerFor = (tenantId: string): string => `${asOwner}; set local app.tenant_id = '${tenantId}'`;

const isSame = (a: BaseContent, b: BaseContent): boolean => BaseField.options.every((field) => a[field] === b[field]);

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
const writeBase = (
  pool: DatabasePool,
  entries: readonly BaseEntry[],
  { keep }: { keep: boolean },
): Promise<AppliedBase['counts']> =>
  awaitedWrite(pool, asOwner, async (transaction) => {
    // Waits for whoever is taking a product as it was, and lets others take it only as it is afterwards.
    // Not for long: everybody else who reads it waits behind.
    if (keep) await transaction.change(sql`set local lock_timeout = '15s'`);
    if (keep) await transaction.change(sql`lock table catalog.base_products in access exclusive mode`);
    const rows = await transaction.rows(sql<BaseRow>`select ${baseColumns} from catalog.base_products b`);
    const before = new Map(rows.map((row) => [row.key, row]));
    const said = new Set(entries.map(({ key }) => key));
    const added = entries.filter(({ key }) => !before.has(key));
    const changed = entries.filter((entry) => {
      const row = before.get(entry.key);
      return row !== undefined && (row.retired_at !== null || !isSame(entry, baseContentOf(row)));
    });
    const retired = rows.filter(({ key, retired_at }) => retired_at === null && !said.has(key)).map(({ key }) => key);
    if (keep) {
      await write(transaction, [...added, ...changed]);
      await transaction.change(
        sql`update catalog.base_products set retired_at = now(), updated_at = now() where key = any(${retired}::text[])`,
      );
    }
    return {
      added: added.length,
      changed: changed.length,
      retired: retired.length,
      unchanged: entries.length - added.length - changed.length,
    };
  });

type Bases = ReadonlyMap<string, BaseContent>;

const wantedOf = (row: ProductRow, bases: Bases) => {
  const base = bases.get(row.base_key ?? '');
  const before = contentOf(row);
  const product = base === undefined ? before : following(before, row.own_fields, base);
  return { row, product, changes: differences(before, product, BaseField.options) };
};

const follow = async (
  transaction: Transaction,
  scope: ActingScope<'product.followed'>,
  ids: readonly string[],
  bases: Bases,
): Promise<number> => {
  const differing = (await productsById(transaction, ids))
    .map((row) => wantedOf(row, bases))
    .filter(({ changes }) => changes.length > 0);
  // Two of them may have changed numbers with each other.
  await releaseNumbers(
    transaction,
    differing.map(({ row: { id } }) => id),
  );
  await updateProducts(
    transaction,
    scope,
    differing.map(({ row, product }) => ({ id: row.id, product, ownFields: row.own_fields })),
  );
  await scope.audit(
    transaction,
    ...differing.map(({ row, product, changes }) => ({
      act: 'product.followed' as const,
      subject: { type: 'product', id: row.id, name: product.name },
      changes,
    })),
  );
  return differing.length;
};

const followIn = async (pool: DatabasePool, tenantId: string, bases: Bases): Promise<Omit<AppliedBase, 'counts'>> => {
  const prologue = asOwnerFor(tenantId);
  const scope = actingAs<'product.followed'>({ tenantId, author: asNobody('operator', 'The platform') });
  const rows = await awaitedWrite(pool, prologue, (transaction) =>
    transaction.rows(
      sql<ProductRow>`select ${productColumns} from catalog.products p where p.base_key is not null order by p.sku, p.id`,
    ),
  );
  const differing = rows.filter((row) => wantedOf(row, bases).changes.length > 0);
  const among = async (some: readonly ProductRow[]): Promise<number | undefined> => {
    const ids = some.map(({ id }) => id);
    try {
      return await awaitedWrite(pool, prologue, (transaction) => follow(transaction, scope, ids, bases));
    } catch (error) {
      if (sqlState(error) === '23505') return undefined;
      throw error;
    }
  };
  if (differing.length === 0) return { followed: 0, behind: [] };
  const all = await among(differing);
  if (all !== undefined) return { followed: all, behind: [] };
  const outcome: Omit<AppliedBase, 'counts'> = { followed: 0, behind: [] };
  for (const row of differing) {
    const one = await among([row]);
    if (one === undefined) outcome.behind.push({ tenantId, sku: row.sku, key: row.base_key ?? '' });
    else outcome.followed += one;
  }
  return outcome;
};

/** What these entries would make of the base catalog. */
export const plannedBase = (pool: DatabasePool, entries: readonly BaseEntry[]): Promise<AppliedBase['counts']> =>
  writeBase(pool, entries, { keep: false });

/**
 * Makes the base catalog what the entries say, then has every tenant's products follow it, tenant by tenant: a run that ended
 * between two of them is gone on with by the next. By a login that may become legendops_owner.
 */
export const applyBaseCatalog = async (pool: DatabasePool, entries: readonly BaseEntry[]): Promise<AppliedBase> => {
  const counts = await writeBase(pool, entries, { keep: true });
  const { bases, tenants } = await awaitedWrite(pool, asOwner, async (transaction) => {
    const rows = await transaction.rows(sql<BaseRow>`select ${baseColumns} from catalog.base_products b`);
    return {
      bases: new Map(rows.map((row) => [row.key, baseContentOf(row)])),
      tenants: await transaction.rows(sql<{ id: string }>`select t.id from app.tenants t order by t.id`),
    };
  });
  const applied: AppliedBase = { counts, followed: 0, behind: [] };
  for (const { id } of tenants) {
    const { followed, behind } = await followIn(pool, id, bases);
    applied.followed += followed;
    applied.behind.push(...behind);
  }
  return applied;
};
