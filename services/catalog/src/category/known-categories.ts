import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { NewCategory } from './contract.ts';

export interface CategoryRow {
  id: string;
  parent_id: string | null;
  name: string;
  version: number;
}

export const categoryColumns = sql`id, parent_id, name, version`;

/** All of a tenant's, locked: whoever moves one of them has to know that the others stay where they are. */
export const lockCategories = (transaction: Transaction): Promise<CategoryRow[]> =>
  transaction.rows(sql<CategoryRow>`select ${categoryColumns} from catalog.categories order by id for update`);

export const insertCategory = (
  transaction: Transaction,
  scope: Scope,
  { name, parentId }: NewCategory,
): Promise<CategoryRow> =>
  transaction.one(sql<CategoryRow>`
    insert into catalog.categories (tenant_id, name, parent_id) values (${scope.tenantId}, ${name}, ${parentId})
    returning ${categoryColumns}`);
