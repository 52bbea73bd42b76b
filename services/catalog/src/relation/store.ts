import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Lifecycle } from '../contract.ts';
import type { RelationKind } from './contract.ts';
import type { Edge } from './graph.ts';

export interface RelationRow {
  id: string;
  kind: RelationKind;
  from_id: string;
  to_id: string;
  quantity: number;
}

export interface RelatedProductRow {
  id: string;
  sku: string;
  name: string;
  lifecycle: Lifecycle;
}

export interface RelationStore {
  /** The product's own, what it requires in the end, and the chain of what came after it; with every product that these name. */
  around(scope: Scope, productId: string): Promise<{ relations: RelationRow[]; products: RelatedProductRow[] }>;
}

const columns = sql`r.id, r.kind, r.from_id, r.to_id, r.quantity`;

// `union` and not `union all`: it ends also where there should be a circle.
const aroundOf = (productId: string): Sql => sql`
  with recursive required as (
    select ${productId}::uuid as id
    union select r.to_id from catalog.relations r join required a on a.id = r.from_id where r.kind = 'requires'
  ), successors as (
    select ${productId}::uuid as id
    union select r.from_id from catalog.relations r join successors a on a.id = r.to_id where r.kind = 'replaces'
  ), around as (
    select r.* from catalog.relations r where r.from_id = ${productId} or r.to_id = ${productId}
      or (r.kind = 'requires' and r.from_id in (select id from required))
      or (r.kind = 'replaces' and r.to_id in (select id from successors)))`;

export const relationStore = (database: TenantDatabase): RelationStore => ({
  around: async (scope, productId) => {
    const [relations, products] = await database.readAll<[RelationRow, RelatedProductRow]>(scope, [
      sql<RelationRow>`${aroundOf(productId)} select ${columns} from around r order by r.kind, r.created_at, r.id`,
      sql<RelatedProductRow>`${aroundOf(productId)} select p.id, p.sku, p.name, p.lifecycle from catalog.products p
        where p.id = ${productId} or p.id in (select from_id from around union select to_id from around)`,
    ]);
    return { relations, products };
  },
});

/** From here to the end of the transaction nobody else relates this tenant's products. */
export const holdRelations = (transaction: Transaction, { tenantId }: Scope): Promise<number> =>
  transaction.change(sql`insert into catalog.relation_guards as g (tenant_id) values (${tenantId})
    on conflict (tenant_id) do update set held_at = clock_timestamp()`);

export const edgesOf = (transaction: Transaction, kind: RelationKind): Promise<Edge[]> =>
  transaction.rows(
    sql<Edge>`select r.from_id as "from", r.to_id as "to", r.quantity from catalog.relations r where r.kind = ${kind}`,
  );

export const insertRelation = (
  transaction: Transaction,
  scope: Scope,
  { kind, from_id, to_id, quantity }: Omit<RelationRow, 'id'>,
): Promise<RelationRow> =>
  transaction.one(sql<RelationRow>`
    insert into catalog.relations as r (tenant_id, kind, from_id, to_id, quantity)
    values (${scope.tenantId}, ${kind}, ${from_id}, ${to_id}, ${quantity}) returning ${columns}`);

/** The relation, if it is one of this product. */
export const deleteRelation = (
  transaction: Transaction,
  { id, productId }: { id: string; productId: string },
): Promise<RelationRow | undefined> =>
  transaction.row(sql<RelationRow>`
    delete from catalog.relations as r where r.id = ${id} and (r.from_id = ${productId} or r.to_id = ${productId})
    returning ${columns}`);
