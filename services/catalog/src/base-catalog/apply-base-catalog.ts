import type { DatabasePool } from '@legendops/kit/db/pool';
import { sql } from '@legendops/kit/db/sql';
import { awaitedWrite } from '@legendops/kit/db/transaction';
import { baseColumns, baseContentOf, type BaseRow } from './base-row.ts';
import type { BaseEntry } from './contract.ts';
import { followIn, type Followed } from './follow-base.ts';
import { asOwner, writeBase, type WrittenBase } from './write-base.ts';

export type AppliedBase = WrittenBase & Followed;

/** What these entries would make of the base catalog. Throws `ReusedKeys` where one of them is another product's. */
export const plannedBase = (pool: DatabasePool, entries: readonly BaseEntry[]): Promise<WrittenBase> =>
  writeBase(pool, entries, { keep: false });

/**
 * Makes the base catalog what the entries say, then has every tenant's products follow it, tenant by tenant: a run that ended
 * between two of them is gone on with by the next. By a login that may become legendops_owner. Throws `ReusedKeys` as well.
 */
export const applyBaseCatalog = async (pool: DatabasePool, entries: readonly BaseEntry[]): Promise<AppliedBase> => {
  const written = await writeBase(pool, entries, { keep: true });
  const { bases, tenants } = await awaitedWrite(pool, asOwner, async (transaction) => {
    const rows = await transaction.rows(sql<BaseRow>`select ${baseColumns} from catalog.base_products b`);
    return {
      bases: new Map(rows.map((row) => [row.key, baseContentOf(row)])),
      tenants: await transaction.rows(sql<{ id: string }>`select t.id from app.tenants t order by t.id`),
    };
  });
  const applied: AppliedBase = { ...written, followed: 0, behind: [], keptUnit: [] };
  for (const { id } of tenants) {
    const { followed, behind, keptUnit } = await followIn(pool, id, bases);
    applied.followed += followed;
    applied.behind.push(...behind);
    applied.keptUnit.push(...keptUnit);
  }
  return applied;
};
