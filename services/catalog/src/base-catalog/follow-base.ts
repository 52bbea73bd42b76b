import { actingAs, asNobody, type ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import type { AuditChange } from '@legendops/kit/contract/audit-payload';
import { sqlState } from '@legendops/kit/db/database-error';
import type { DatabasePool } from '@legendops/kit/db/pool';
import { sql } from '@legendops/kit/db/sql';
import { awaitedWrite, type Transaction } from '@legendops/kit/db/transaction';
import { BaseField, type NewProduct } from '../contract.ts';
import { following, type BaseContent } from '../product/base-fields.ts';
import { productsById } from '../product/known-products.ts';
import { contentOf, productColumns, type ProductRow } from '../product/product-row.ts';
import { releaseNumbers, updateProducts } from '../product/write-product.ts';
import { baseContentOf } from './base-row.ts';
import { withFreeNumbers } from './free-numbers.ts';
import { baseProductsByKey } from './known-base-products.ts';
import { asOwner } from './write-base.ts';

/** A product of a tenant, and what it stands on. */
interface StandingProduct {
  tenantId: string;
  sku: string;
  key: string;
}

export interface Followed {
  /** How many products of tenants followed. */
  followed: number;
  /** Those that could not: another product of their tenant has the number that the base gives them. */
  behind: StandingProduct[];
  /** Those that are sold by another unit there: they keep theirs, since prices or quantities are by it. */
  keptUnit: StandingProduct[];
}

export type Bases = ReadonlyMap<string, BaseContent>;

interface Wanted {
  id: string;
  row: ProductRow;
  product: NewProduct;
  ownFields: BaseField[];
  changes: AuditChange[];
  keepsUnit: boolean;
}

/** The tenant's rows as the owner of the tables: the policies hold it to this tenant. */
const asOwnerFor = (tenantId: string): string => `${asOwner}; set local app.tenant_id = '${tenantId}'`;

// A package of so many is one of so many of that unit: they stay together.
const soldBy: ReadonlySet<BaseField> = new Set(['unit', 'packSize']);

/** Undefined where it says all that it should. Whoever is counted by its unit keeps it as its own, until somebody takes it back. */
const wantedOf = (row: ProductRow, bases: Bases, counted: ReadonlySet<string>): Wanted | undefined => {
  const base = bases.get(row.base_key ?? '');
  if (base === undefined) return undefined;
  const before = contentOf(row);
  const keepsUnit = counted.has(row.id) && following(before, row.own_fields, base).unit !== row.unit;
  const ownFields = BaseField.options.filter(
    (field) => row.own_fields.includes(field) || (keepsUnit && soldBy.has(field)),
  );
  const product = following(before, ownFields, base);
  const own = differences({ ownFields: row.own_fields.join(', ') }, { ownFields: ownFields.join(', ') }, ['ownFields']);
  const changes = [...differences(before, product, BaseField.options), ...(keepsUnit ? own : [])];
  return changes.length === 0 ? undefined : { id: row.id, row, product, ownFields, changes, keepsUnit };
};

/** Those of these products that have prices, or that others hold so many of. */
const countedAmong = async (transaction: Transaction, ids: readonly string[]): Promise<Set<string>> => {
  const rows = await transaction.rows(sql<{ id: string }>`
    select p.id from catalog.products p where p.id = any(${ids}::uuid[])
      and (exists (select from catalog.prices c where c.tenant_id = p.tenant_id and c.product_id = p.id)
        or exists (select from catalog.relations r where r.tenant_id = p.tenant_id and r.to_id = p.id and r.kind in ('requires', 'bundles')))`);
  return new Set(rows.map(({ id }) => id));
};

/** Not locked: whoever gets one of these numbers meanwhile is met as a constraint. */
const productsWithNumbersOf = (transaction: Transaction, wanted: readonly Wanted[]): Promise<ProductRow[]> => {
  const mpns = wanted.flatMap(({ product: { mpn } }) => (mpn === '' ? [] : mpn.toLowerCase()));
  const gtins = wanted.flatMap(({ product: { gtin } }) => gtin ?? []);
  return transaction.rows(sql<ProductRow>`
    select ${productColumns} from catalog.products p
    where p.mpn_key = any(${mpns}::text[]) or p.gtin = any(${gtins}::text[]) order by p.id`);
};

const standing = (tenantId: string, { row }: Wanted): StandingProduct => ({
  tenantId,
  sku: row.sku,
  key: row.base_key ?? '',
});

/** Has these products follow what the base says now: another run may have written it meanwhile, and followed it up. */
const follow = async (
  transaction: Transaction,
  scope: ActingScope<'product.followed'>,
  ids: readonly string[],
): Promise<Followed> => {
  const rows = await productsById(transaction, ids);
  const keys = rows.flatMap(({ base_key }) => base_key ?? []);
  const bases = new Map((await baseProductsByKey(transaction, keys)).map((row) => [row.key, baseContentOf(row)]));
  const counted = await countedAmong(transaction, ids);
  const wanted = rows.flatMap((row) => wantedOf(row, bases, counted) ?? []);
  const present = [...rows, ...(await productsWithNumbersOf(transaction, wanted))];
  const moving = withFreeNumbers(
    wanted,
    present.map((row) => ({ id: row.id, product: contentOf(row) })),
  );
  // Two of them may have changed numbers with each other.
  await releaseNumbers(
    transaction,
    moving.map(({ id }) => id),
  );
  await updateProducts(transaction, scope, moving);
  await scope.audit(
    transaction,
    ...moving.map(({ id, product, changes }) => ({
      act: 'product.followed' as const,
      subject: { type: 'product', id, name: product.name },
      changes,
    })),
  );
  const of = (some: readonly Wanted[]) => some.map((one) => standing(scope.tenantId, one));
  return {
    followed: moving.length,
    behind: of(wanted.filter((one) => !moving.includes(one))).toSorted((a, b) => (a.sku < b.sku ? -1 : 1)),
    keptUnit: of(moving.filter(({ keepsUnit }) => keepsUnit)),
  };
};

const mostAttempts = 3;

/** Has a tenant's products follow. Asked again it changes nothing. */
export const followIn = async (pool: DatabasePool, tenantId: string, bases: Bases): Promise<Followed> => {
  const prologue = asOwnerFor(tenantId);
  const scope = actingAs<'product.followed'>({ tenantId, author: asNobody('operator', 'The platform') });
  const rows = await awaitedWrite(pool, prologue, (transaction) =>
    transaction.rows(
      sql<ProductRow>`select ${productColumns} from catalog.products p where p.base_key is not null order by p.id`,
    ),
  );
  const ids = rows.filter((row) => wantedOf(row, bases, new Set()) !== undefined).map(({ id }) => id);
  if (ids.length === 0) return { followed: 0, behind: [], keptUnit: [] };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await awaitedWrite(pool, prologue, (transaction) => follow(transaction, scope, ids));
    } catch (error) {
      // Somebody has given one of these numbers to another product since it was looked at.
      if (sqlState(error) !== '23505' || attempt === mostAttempts) throw error;
    }
  }
};
