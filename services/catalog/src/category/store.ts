import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { NewCategory } from './contract.ts';

export interface CategoryRow {
  id: string;
  parent_id: string | null;
  name: string;
  version: number;
}

export interface CategoryStore {
  all(scope: Scope): Promise<CategoryRow[]>;
}

const columns = sql`id, parent_id, name, version`;

export const categoryStore = (database: TenantDatabase): CategoryStore => ({
  all: (scope) =>
    database.read(scope, sql<CategoryRow>`select ${columns} from catalog.categories order by name_key, id`),
});

/** All of a tenant's, locked: whoever moves one of them has to know that the others stay where they are. */
export const lockCategories = (transaction: Transaction): Promise<CategoryRow[]> =>
  transaction.rows(sql<CategoryRow>`select ${columns} from catalog.categories order by id for update`);

export const insertCategory = (
  transaction: Transaction,
  scope: Scope,
  { name, parentId }: NewCategory,
): Promise<CategoryRow> =>
  transaction.one(sql<CategoryRow>`
    insert into catalog.categories (tenant_id, name, parent_id) values (${scope.tenantId}, ${name}, ${parentId})
    returning ${columns}`);

export const updateCategory = (
  transaction: Transaction,
  id: string,
  { name, parentId }: NewCategory,
): Promise<CategoryRow> =>
  transaction.one(sql<CategoryRow>`
    update catalog.categories set name = ${name}, parent_id = ${parentId} where id = ${id} returning ${columns}`);

export const deleteCategory = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.categories where id = ${id}`);
