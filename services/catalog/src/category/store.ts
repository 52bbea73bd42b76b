import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { categoryColumns as columns, type CategoryRow } from './known-categories.ts';
import type { NewCategory } from './contract.ts';

export interface CategoryStore {
  all(scope: Scope): Promise<CategoryRow[]>;
}

export const categoryStore = (database: TenantDatabase): CategoryStore => ({
  all: (scope) =>
    database.read(scope, sql<CategoryRow>`select ${columns} from catalog.categories order by name_key, id`),
});

export const updateCategory = (
  transaction: Transaction,
  id: string,
  { name, parentId }: NewCategory,
): Promise<CategoryRow> =>
  transaction.one(sql<CategoryRow>`
    update catalog.categories set name = ${name}, parent_id = ${parentId} where id = ${id} returning ${columns}`);

export const deleteCategory = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.categories where id = ${id}`);
