import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, removed } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { wrongPlace } from '@legendops/kit/http/wrong-places';
import { productsById } from '../product/known-products.ts';
import type { NewRelation, ProductRelations, Relation } from './contract.ts';
import { closureOf, newestOf, reaches, type Edge } from './graph.ts';
import {
  deleteRelation,
  edgesOf,
  holdRelations,
  insertRelation,
  type RelatedProductRow,
  type RelationRow,
  type RelationStore,
} from './store.ts';

export interface RelationService {
  of(scope: Scope, productId: string): Promise<ProductRelations>;
  create(
    transaction: Transaction,
    scope: ActingScope<'relation.created'>,
    wanted: NewRelation & { of: string },
  ): Promise<Relation>;
  remove(scope: ActingScope<'relation.removed'>, relation: { id: string; productId: string }): Promise<void>;
}

const knownRefusal = (error: unknown): never => {
  const constraint = constraintOf(error);
  if (constraint === 'relations_once') throw problem('relation.exists');
  if (constraint === 'relations_one_successor') throw problem('relation.second-successor');
  throw error;
};

const presentFor =
  (productId: string, products: ReadonlyMap<string, RelatedProductRow>) =>
  ({ id, kind, from_id, to_id, quantity }: RelationRow): Relation[] => {
    const direction = from_id === productId ? 'to' : 'from';
    const product = products.get(direction === 'to' ? to_id : from_id);
    return product === undefined ? [] : [{ id, kind, direction, quantity, product: otherOf(product) }];
  };

const otherOf = ({ id, sku, name, lifecycle }: RelatedProductRow): RelatedProductRow => ({ id, sku, name, lifecycle });

const edgesIn = (relations: readonly RelationRow[], kind: RelationRow['kind']): Edge[] =>
  relations
    .filter((relation) => relation.kind === kind)
    .map(({ from_id: from, to_id: to, quantity }) => ({ from, to, quantity }));

// What goes together stands once: the smaller id first.
const endsOf = ({ kind, of, productId }: NewRelation & { of: string }): Pick<RelationRow, 'from_id' | 'to_id'> =>
  kind === 'compatible' && productId < of ? { from_id: productId, to_id: of } : { from_id: of, to_id: productId };

export const relationService = (store: RelationStore, database: TenantDatabase): RelationService => ({
  of: async (scope, productId) => {
    const { relations, products: rows } = await store.around(scope, productId);
    const products = new Map(rows.map((row) => [row.id, row]));
    if (!products.has(productId)) throw problem('product.not-found');
    const own = relations.filter(({ from_id, to_id }) => from_id === productId || to_id === productId);
    const newest = newestOf(
      edgesIn(relations, 'replaces'),
      productId,
      (id) => products.get(id)?.lifecycle === 'active',
    );
    const successor = products.get(newest ?? '');
    return {
      data: own.flatMap(presentFor(productId, products)),
      required: [...closureOf(edgesIn(relations, 'requires'), productId)].flatMap(([id, quantity]) => {
        const product = products.get(id);
        return product === undefined ? [] : [{ product: otherOf(product), quantity }];
      }),
      newest: successor === undefined ? null : otherOf(successor),
    };
  },
  create: async (transaction, scope, wanted) => {
    const { of, productId, kind, quantity } = wanted;
    if (of === productId) throw wrongPlace(['body', 'productId'], 'itself', 'A product is not related to itself');
    const products = await productsById(transaction, [of, productId]);
    if (products.length !== 2) throw problem('product.not-found');
    await holdRelations(transaction, scope);
    if (kind !== 'compatible' && reaches(await edgesOf(transaction, kind), productId, of))
      throw problem('relation.circular');
    const row = await insertRelation(transaction, scope, { kind, ...endsOf(wanted), quantity }).catch(knownRefusal);
    const named = new Map(products.map((product) => [product.id, product]));
    await scope.audit(transaction, {
      act: 'relation.created',
      subject: { type: 'product', id: of, name: named.get(of)?.name ?? '' },
      changes: created({ kind, product: named.get(productId)?.sku ?? '', quantity }),
    });
    const [relation] = presentFor(of, named)(row);
    if (relation === undefined) throw new Error('A relation names two products');
    return relation;
  },
  remove: (scope, { id, productId }) =>
    database.write(scope, async (transaction) => {
      const [product] = await productsById(transaction, [productId]);
      const row = await deleteRelation(transaction, { id, productId });
      if (product === undefined || row === undefined) throw problem('relation.not-found');
      const [other] = await productsById(transaction, [row.from_id === productId ? row.to_id : row.from_id]);
      await scope.audit(transaction, {
        act: 'relation.removed',
        subject: { type: 'product', id: productId, name: product.name },
        changes: removed({ kind: row.kind, product: other?.sku ?? '', quantity: row.quantity }),
      });
    }),
});
