import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { DesignContent } from '../cabling-content/contract.ts';
import type { Computed } from './computed.ts';

export interface DesignSummaryRow {
  id: string;
  name: string;
  customer_id: string | null;
  is_published: boolean;
  links: number;
  warnings: number;
  refusals: number;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface DesignRow extends DesignSummaryRow {
  content: DesignContent;
  computed: Computed;
}

/** What is written of a design. */
export interface WrittenDesign {
  name: string;
  customerId: string | null;
  isPublished: boolean;
  content: DesignContent;
  computed: Computed;
  warnings: number;
  refusals: number;
}

export interface DesignFilter {
  search?: string | undefined;
  customerId?: string | undefined;
}

export interface DesignStore {
  page(scope: Scope, filter: DesignFilter, place: Place): Promise<DesignSummaryRow[]>;
  byId(scope: Scope, id: string): Promise<DesignRow | undefined>;
}

const summary = sql`d.id, d.name, d.customer_id, d.is_published, d.links, d.warnings, d.refusals, d.version, d.created_at, d.updated_at`;
const columns = sql`${summary}, d.content, d.computed`;

export const designStore = (database: TenantDatabase): DesignStore => ({
  page: (scope, { search, customerId }, { after, limit }) => {
    const from = after === undefined ? sql`true` : sql`(d.created_at, d.id) < (${after[0]}, ${after[1]})`;
    const named = search === undefined || search === '' ? sql`true` : sql`strpos(lower(d.name), lower(${search})) > 0`;
    const whose = customerId === undefined ? sql`true` : sql`d.customer_id = ${customerId}`;
    return database.read(
      scope,
      sql<DesignSummaryRow>`select ${summary} from catalog.cabling_designs d where ${from} and ${named} and ${whose}
        order by d.created_at desc, d.id desc ${pageRows(limit)}`,
    );
  },
  byId: async (scope, id) =>
    (
      await database.read(scope, sql<DesignRow>`select ${columns} from catalog.cabling_designs d where d.id = ${id}`)
    )[0],
});

export const lockDesign = (transaction: Transaction, id: string): Promise<DesignRow | undefined> =>
  transaction.row(sql<DesignRow>`select ${columns} from catalog.cabling_designs d where d.id = ${id} for update`);

export const insertDesign = (transaction: Transaction, scope: Scope, design: WrittenDesign): Promise<DesignRow> =>
  transaction.one(sql<DesignRow>`
    insert into catalog.cabling_designs as d
      (tenant_id, name, customer_id, is_published, content, computed, links, warnings, refusals)
    values (${scope.tenantId}, ${design.name}, ${design.customerId}, ${design.isPublished}, ${jsonValue(design.content)},
      ${jsonValue(design.computed)}, ${design.content.links.length}, ${design.warnings}, ${design.refusals})
    returning ${columns}`);

export const updateDesign = (transaction: Transaction, id: string, design: WrittenDesign): Promise<DesignRow> =>
  transaction.one(sql<DesignRow>`
    update catalog.cabling_designs as d set name = ${design.name}, customer_id = ${design.customerId},
      is_published = ${design.isPublished}, content = ${jsonValue(design.content)}, computed = ${jsonValue(design.computed)},
      links = ${design.content.links.length}, warnings = ${design.warnings}, refusals = ${design.refusals}
    where d.id = ${id} returning ${columns}`);

export const deleteDesign = (transaction: Transaction, id: string): Promise<number> =>
  transaction.change(sql`delete from catalog.cabling_designs where id = ${id}`);
