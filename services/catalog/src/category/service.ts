import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences, removed } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import type { Category, CategoryChange, NewCategory } from './contract.ts';
import { insertCategory, lockCategories, type CategoryRow } from './known-categories.ts';
import { deleteCategory, updateCategory, type CategoryStore } from './store.ts';
import { misplaced } from './tree.ts';

export interface CategoryService {
  all(scope: Scope): Promise<Category[]>;
  create(transaction: Transaction, scope: ActingScope<'category.created'>, wanted: NewCategory): Promise<Category>;
  change(
    scope: ActingScope<'category.changed'>,
    id: string,
    version: number,
    wanted: CategoryChange,
  ): Promise<Category>;
  remove(scope: ActingScope<'category.removed'>, id: string, version: number): Promise<void>;
}

const present = ({ id, parent_id: parentId, name, version }: CategoryRow): Category => ({
  id,
  parentId,
  name,
  version,
});

const subjectOf = ({ id, name }: CategoryRow) => ({ type: 'category', id, name });

const told = ({ name, parent_id: parentId }: CategoryRow) => ({ name, parentId });

const knownRefusal = (error: unknown): never => {
  const constraint = constraintOf(error);
  if (constraint === 'categories_name') throw problem('category.name-taken');
  if (constraint === 'categories_parent' || constraint === 'products_category') throw problem('category.in-use');
  throw error;
};

const byId = (rows: readonly CategoryRow[]): ReadonlyMap<string, CategoryRow> =>
  new Map(rows.map((row) => [row.id, row]));

export const categoryService = (store: CategoryStore, database: TenantDatabase): CategoryService => ({
  all: async (scope) => (await store.all(scope)).map(present),
  create: async (transaction, scope, wanted) => {
    const refusal = misplaced(byId(await lockCategories(transaction)), { id: null, parentId: wanted.parentId });
    if (refusal !== undefined) throw problem(refusal);
    const row = await insertCategory(transaction, scope, wanted).catch(knownRefusal);
    await scope.audit(transaction, { act: 'category.created', subject: subjectOf(row), changes: created(told(row)) });
    return present(row);
  },
  change: (scope, id, version, { name, parentId }) =>
    database.write(scope, async (transaction) => {
      const rows = byId(await lockCategories(transaction));
      const before = asSeen(rows.get(id), version, 'category.not-found');
      const wanted = { name: name ?? before.name, parentId: parentId === undefined ? before.parent_id : parentId };
      const refusal = misplaced(rows, { id, parentId: wanted.parentId });
      if (refusal !== undefined) throw problem(refusal);
      const row = await updateCategory(transaction, id, wanted).catch(knownRefusal);
      const changes = differences(told(before), told(row), ['name', 'parentId']);
      if (changes.length > 0)
        await scope.audit(transaction, { act: 'category.changed', subject: subjectOf(row), changes });
      return present(row);
    }),
  remove: (scope, id, version) =>
    database.write(scope, async (transaction) => {
      const row = asSeen(byId(await lockCategories(transaction)).get(id), version, 'category.not-found');
      await deleteCategory(transaction, id).catch(knownRefusal);
      await scope.audit(transaction, { act: 'category.removed', subject: subjectOf(row), changes: removed(told(row)) });
    }),
});
