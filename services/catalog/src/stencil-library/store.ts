import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { StencilMaster } from '../stencil/master.ts';
import type { MasterFilter } from './contract.ts';
import { masterCondition } from './master-filter.ts';
import {
  stencilColumns,
  summaryColumns,
  versionColumns,
  type MasterSummaryRow,
  type StencilRow,
  type StencilVersionRow,
} from './stencil-row.ts';

export interface MasterRow extends MasterSummaryRow {
  name_u: string;
  unique_id: string;
  base_id: string;
  is_hidden: boolean;
  is_pattern: boolean;
  prompt: string;
  keywords: string[];
  connection_points: StencilMaster['connectionPoints'];
  properties: StencilMaster['properties'];
  preview_sha256: string;
  has_icon: boolean;
}

interface DrawnProductRow {
  id: string;
  sku: string;
  name: string;
}

export interface StencilStore {
  page(scope: Scope, place: Place): Promise<StencilRow[]>;
  byId(scope: Scope, id: string): Promise<StencilRow | undefined>;
  /** Newest first; of a stencil that is there, one at least. */
  versions(scope: Scope, id: string): Promise<StencilVersionRow[]>;
  masters(scope: Scope, filter: MasterFilter, place: Place): Promise<MasterSummaryRow[]>;
  master(scope: Scope, id: string): Promise<{ master: MasterRow | undefined; products: DrawnProductRow[] }>;
  /** All of two versions, in the order of the files. */
  mastersOf(scope: Scope, stencilId: string, numbers: readonly [number, number]): Promise<[MasterRow[], MasterRow[]]>;
  preview(scope: Scope, masterId: string): Promise<{ bytes: Buffer; sha256: string } | undefined>;
  icon(scope: Scope, masterId: string): Promise<{ bytes: Buffer } | undefined>;
}

/** Of `catalog.stencil_masters m` and its stencil `s`. */
export const masterColumns = sql`${summaryColumns}, m.name_u, m.unique_id, m.base_id, m.is_hidden, m.is_pattern, m.prompt,
  m.keywords, m.connection_points, m.properties, m.preview_sha256, m.icon is not null as has_icon`;

const mastersIn = (stencilId: string, number: number): Sql<MasterRow> => sql<MasterRow>`
  select ${masterColumns} from catalog.stencil_masters m join catalog.stencils s on s.id = m.stencil_id
  where m.stencil_id = ${stencilId} and m.number = ${number}::integer order by m.position`;

const newest = sql`catalog.stencils s join catalog.stencil_versions v on v.stencil_id = s.id and v.number = s.latest`;

export const stencilStore = (database: TenantDatabase): StencilStore => ({
  page: (scope, { after, limit }) => {
    const from = after === undefined ? sql`true` : sql`(s.created_at, s.id) < (${after[0]}, ${after[1]})`;
    return database.read(
      scope,
      sql<StencilRow>`select ${stencilColumns} from ${newest} where ${from}
        order by s.created_at desc, s.id desc ${pageRows(limit)}`,
    );
  },
  byId: async (scope, id) =>
    (await database.read(scope, sql<StencilRow>`select ${stencilColumns} from ${newest} where s.id = ${id}`))[0],
  versions: (scope, id) =>
    database.read(
      scope,
      sql<StencilVersionRow>`select ${versionColumns} from catalog.stencil_versions v where v.stencil_id = ${id}
        order by v.number desc`,
    ),
  masters: (scope, filter, { after, limit }) => {
    const from =
      after === undefined ? sql`true` : sql`(m.stencil_id, m.position) > (${after[0]}, ${after[1]}::integer)`;
    return database.read(
      scope,
      sql<MasterSummaryRow>`select ${summaryColumns}
        from catalog.stencil_masters m join catalog.stencils s on s.id = m.stencil_id
        where ${from} and ${masterCondition(filter)} order by m.stencil_id, m.position ${pageRows(limit)}`,
    );
  },
  master: async (scope, id) => {
    const [masters, products] = await database.readAll<[MasterRow, DrawnProductRow]>(scope, [
      sql<MasterRow>`select ${masterColumns} from catalog.stencil_masters m join catalog.stencils s on s.id = m.stencil_id
        where m.id = ${id}`,
      sql<DrawnProductRow>`select p.id, p.sku, p.name from catalog.product_masters l join catalog.products p on p.id = l.product_id
        where l.master_id = ${id} order by p.sku, p.id`,
    ]);
    return { master: masters[0], products };
  },
  mastersOf: (scope, stencilId, [before, after]) =>
    database.readAll<[MasterRow, MasterRow]>(scope, [mastersIn(stencilId, before), mastersIn(stencilId, after)]),
  preview: async (scope, masterId) =>
    (
      await database.read(
        scope,
        sql<{ bytes: Buffer; sha256: string }>`
          select m.preview as bytes, m.preview_sha256 as sha256 from catalog.stencil_masters m where m.id = ${masterId}`,
      )
    )[0],
  icon: async (scope, masterId) =>
    (
      await database.read(
        scope,
        sql<{ bytes: Buffer }>`
          select m.icon as bytes from catalog.stencil_masters m where m.id = ${masterId} and m.icon is not null`,
      )
    )[0],
});

/** The stencil as it is, held against other changes of it. */
export const lockStencil = async (transaction: Transaction, id: string): Promise<StencilRow | undefined> => {
  const held = await transaction.row(
    sql<{ id: string }>`select s.id from catalog.stencils s where s.id = ${id} for update`,
  );
  if (held === undefined) return undefined;
  return transaction.row(sql<StencilRow>`select ${stencilColumns} from ${newest} where s.id = ${id}`);
};

export const lockStencilNamed = async (transaction: Transaction, name: string): Promise<StencilRow | undefined> => {
  const named = await transaction.row(
    sql<{ id: string }>`select s.id from catalog.stencils s where s.name_key = lower(${name})`,
  );
  return named && lockStencil(transaction, named.id);
};

export const versionOf = (
  transaction: Transaction,
  { id, sha256 }: { id: string; sha256: string },
): Promise<{ number: number } | undefined> =>
  transaction.row(
    sql<{
      number: number;
    }>`select v.number from catalog.stencil_versions v where v.stencil_id = ${id} and v.sha256 = ${sha256}`,
  );

export interface MasterIdentity {
  id: string;
  uniqueId: string;
  baseId: string;
}

export const identitiesOf = (
  transaction: Transaction,
  { stencilId, number }: { stencilId: string; number: number },
): Promise<MasterIdentity[]> =>
  transaction.rows(sql<MasterIdentity>`
    select m.id, m.unique_id as "uniqueId", m.base_id as "baseId" from catalog.stencil_masters m
    where m.stencil_id = ${stencilId} and m.number = ${number}::integer order by m.position`);

export const updateStencil = (
  transaction: Transaction,
  { id, name, isPublished }: { id: string; name: string; isPublished: boolean },
): Promise<number> =>
  transaction.change(sql`update catalog.stencils set name = ${name}, is_published = ${isPublished} where id = ${id}`);

export const deleteStencil = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.stencils where id = ${id}`);
