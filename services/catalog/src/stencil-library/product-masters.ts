import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, removed } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { productsById } from '../product/known-products.ts';
import type { StencilMasterSummary } from './contract.ts';
import { presentSummary, summaryColumns, type MasterSummaryRow } from './stencil-row.ts';

interface Drawing {
  productId: string;
  masterId: string;
}

export interface ProductMasterService {
  /** The masters that draw a product, the first chosen first. */
  of(scope: Scope, productId: string): Promise<StencilMasterSummary[]>;
  link(
    transaction: Transaction,
    scope: ActingScope<'product-master.linked'>,
    drawing: Drawing,
  ): Promise<StencilMasterSummary>;
  unlink(scope: ActingScope<'product-master.unlinked'>, drawing: Drawing): Promise<void>;
}

const masterById = (transaction: Transaction, id: string): Promise<MasterSummaryRow | undefined> =>
  transaction.row(sql<MasterSummaryRow>`
    select ${summaryColumns} from catalog.stencil_masters m join catalog.stencils s on s.id = m.stencil_id
    where m.id = ${id} for share of s`);

const insertLink = (transaction: Transaction, scope: Scope, { productId, masterId }: Drawing): Promise<number> =>
  transaction.change(sql`
    insert into catalog.product_masters (tenant_id, product_id, master_id) values (${scope.tenantId}, ${productId}, ${masterId})`);

const deleteLink = (transaction: Transaction, { productId, masterId }: Drawing): Promise<number> =>
  transaction.change(
    sql`delete from catalog.product_masters where product_id = ${productId} and master_id = ${masterId}`,
  );

const knownRefusal = (error: unknown): never => {
  throw constraintOf(error) === 'product_masters_pkey' ? problem('stencil-master.linked') : error;
};

const drawingOf = ({ name, stencil_name }: MasterSummaryRow) => ({ master: name, stencil: stencil_name });

export const productMasterService = (database: TenantDatabase): ProductMasterService => ({
  of: async (scope, productId) => {
    const [products, masters] = await database.readAll<[{ id: string }, MasterSummaryRow]>(scope, [
      sql<{ id: string }>`select p.id from catalog.products p where p.id = ${productId}`,
      sql<MasterSummaryRow>`select ${summaryColumns} from catalog.product_masters l
        join catalog.stencil_masters m on m.id = l.master_id join catalog.stencils s on s.id = m.stencil_id
        where l.product_id = ${productId} order by l.created_at, l.master_id`,
    ]);
    if (products.length === 0) throw problem('product.not-found');
    return masters.map(presentSummary);
  },
  link: async (transaction, scope, drawing) => {
    const [product] = await productsById(transaction, [drawing.productId]);
    if (product === undefined) throw problem('product.not-found');
    const master = await masterById(transaction, drawing.masterId);
    if (master === undefined) throw problem('stencil-master.not-found');
    await insertLink(transaction, scope, drawing).catch(knownRefusal);
    await scope.audit(transaction, {
      act: 'product-master.linked',
      subject: { type: 'product', id: product.id, name: product.name },
      changes: created(drawingOf(master)),
    });
    return presentSummary(master);
  },
  unlink: (scope, drawing) =>
    database.write(scope, async (transaction) => {
      const [product] = await productsById(transaction, [drawing.productId]);
      if (product === undefined) throw problem('product.not-found');
      const master = await masterById(transaction, drawing.masterId);
      if (master === undefined || (await deleteLink(transaction, drawing)) === 0)
        throw problem('stencil-master.not-found');
      await scope.audit(transaction, {
        act: 'product-master.unlinked',
        subject: { type: 'product', id: product.id, name: product.name },
        changes: removed(drawingOf(master)),
      });
    }),
});
