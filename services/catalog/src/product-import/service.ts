import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { csvText } from '@legendops/kit/http/csv-text';
import { pointerTo } from '@legendops/kit/http/wrong-places';
import { pathName, type Node } from '../category/tree.ts';
import { insertCategory, lockCategories } from '../category/known-categories.ts';
import type { CategoryService } from '../category/service.ts';
import { ownFieldsAfter } from '../product/base-fields.ts';
import { knownRefusal } from '../product/known-refusal.ts';
import { productsLike } from '../product/known-products.ts';
import type { ProductService } from '../product/service.ts';
import { insertProducts, releaseNumbers, updateProducts } from '../product/write-product.ts';
import { columns } from './columns.ts';
import type { ImportOutcome, ProductFile, RowFate } from './contract.ts';
import { planImport, type PlannedRow } from './plan.ts';
import { categoryName, readRows, type ReadRow } from './read-rows.ts';

export interface ProductImportService {
  /** What an import would do; nothing is written. */
  preview(scope: Scope, file: ProductFile): Promise<ImportOutcome>;
  /** Every row of the file, or none. */
  apply(transaction: Transaction, scope: ActingScope<'products.imported'>, file: ProductFile): Promise<ImportOutcome>;
  /** All products as a table that can be imported again. */
  asCsv(scope: Scope): Promise<string>;
}

/** Of which no two products have the same. */
const numbers: ReadonlySet<string> = new Set(['manufacturer', 'mpn', 'gtin']);

const pathKey = (path: readonly string[]): string => categoryName(path).toLowerCase();

const nodesOf = <Of extends Node>(rows: readonly Of[]): Map<string, Of> => new Map(rows.map((row) => [row.id, row]));

const idsByPath = (nodes: ReadonlyMap<string, Node>): Map<string, string> =>
  new Map([...nodes.keys()].map((id) => [pathName(nodes, id).toLowerCase(), id]));

interface Plan {
  rows: PlannedRow[];
  ids: Map<string, string>;
  /** Paths that are not there yet, parents before their children. */
  newPaths: string[][];
}

const planOf = async (transaction: Transaction, rows: readonly ReadRow[]): Promise<Plan> => {
  const nodes = nodesOf(await lockCategories(transaction));
  const said = rows.map(({ content }) => content);
  const existing = await productsLike(transaction, {
    skus: rows.map(({ sku }) => sku),
    mpns: said.flatMap(({ mpn }) => (mpn === undefined || mpn === '' ? [] : [mpn.toLowerCase()])),
    gtins: said.flatMap(({ gtin }) => gtin ?? []),
  });
  const planned = planImport(rows, {
    existing,
    categoryPaths: new Map([...nodes.keys()].map((id) => [id, pathName(nodes, id)])),
  });
  const ids = idsByPath(nodes);
  const newPaths = new Map<string, string[]>();
  for (const { product, category } of planned)
    if (product !== undefined && category)
      for (let length = 1; length <= category.length; length += 1) {
        const path = category.slice(0, length);
        if (!ids.has(pathKey(path)) && !newPaths.has(pathKey(path))) newPaths.set(pathKey(path), path);
      }
  return { rows: planned, ids, newPaths: [...newPaths.values()] };
};

const outcomeOf = ({ rows, newPaths }: Plan): ImportOutcome => {
  const count = (fate: RowFate): number => rows.filter(({ shown }) => shown.fate === fate).length;
  return {
    counts: { new: count('new'), changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') },
    newCategories: newPaths.map(categoryName),
    rows: rows.map(({ shown }) => shown),
  };
};

const refuseRows = ({ rows }: Plan): void => {
  const refused = rows.filter(({ shown }) => shown.fate === 'refused');
  if (refused.length === 0) return;
  throw problem('import.refused', {
    detail: `${refused.length} of ${rows.length} rows are refused. Look at the preview, and mend them in the file.`,
    places: refused.slice(0, 20).flatMap(({ shown: { line, errors } }) =>
      errors.slice(0, 1).map(({ field, detail }) => ({
        pointer: pointerTo('body', 'text', line, ...(field === '' ? [] : [field])),
        code: 'refused',
        detail,
      })),
    ),
    furtherPlaces: Math.max(0, refused.length - 20),
  });
};

export const productImportService = (
  { products, categories }: { products: Pick<ProductService, 'all'>; categories: Pick<CategoryService, 'all'> },
  database: TenantDatabase,
): ProductImportService => ({
  preview: async (scope, file) => {
    const rows = readRows(file);
    return database.write(scope, async (transaction) => outcomeOf(await planOf(transaction, rows)));
  },
  apply: async (transaction, scope, file) => {
    const plan = await planOf(transaction, readRows(file));
    refuseRows(plan);
    const { rows, ids, newPaths } = plan;
    for (const path of newPaths) {
      const parentId = path.length === 1 ? null : (ids.get(pathKey(path.slice(0, -1))) ?? null);
      const { id } = await insertCategory(transaction, scope, { name: path.at(-1) ?? '', parentId });
      ids.set(pathKey(path), id);
    }
    const renumbered = rows.filter(({ shown }) => shown.changes.some(({ field }) => numbers.has(field)));
    await releaseNumbers(
      transaction,
      renumbered.flatMap(({ existing }) => existing?.id ?? []),
    );
    const written = rows.flatMap(({ shown, existing, product, category }) => {
      if (product === undefined || shown.fate === 'unchanged') return [];
      const filed = category && (ids.get(pathKey(category)) ?? null);
      return { existing, product: filed === undefined ? product : { ...product, categoryId: filed } };
    });
    const added = written.flatMap(({ existing, product }) => (existing === undefined ? product : []));
    const changes = written.flatMap(({ existing, product }) =>
      existing === undefined ? [] : { id: existing.id, product, ownFields: ownFieldsAfter(existing, product) },
    );
    await updateProducts(transaction, scope, changes).catch(knownRefusal);
    await insertProducts(transaction, scope, added).catch(knownRefusal);
    const outcome = outcomeOf(plan);
    await scope.audit(transaction, {
      act: 'products.imported',
      subject: { type: 'tenant', id: scope.tenantId, name: 'Products' },
      changes: created({ created: added.length, changed: changes.length, categories: newPaths.length }),
    });
    return outcome;
  },
  asCsv: async (scope) => {
    const [rows, tree] = await Promise.all([products.all(scope), categories.all(scope)]);
    const nodes = nodesOf(tree.map(({ id, name, parentId }) => ({ id, name, parent_id: parentId })));
    const table = rows.map((row) => [
      row.sku,
      row.name,
      row.kind,
      row.manufacturer,
      row.mpn,
      row.gtin ?? '',
      row.unspsc ?? '',
      row.categoryId === null ? '' : pathName(nodes, row.categoryId),
      row.lifecycle,
      row.unit,
      row.packSize.toString(),
      row.isPublished ? 'yes' : 'no',
      row.description,
    ]);
    return csvText([columns.map(({ name }) => name), ...table]);
  },
});
