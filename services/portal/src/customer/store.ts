import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, jsonValue, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';

export interface CustomerRow {
  id: string;
  name: string;
  pax8_company_id: string | null;
  state: 'active' | 'archived';
  version: number;
  created_at: string;
  updated_at: string;
  /** The name as it is sorted and searched. */
  search_name: string;
}

export interface CustomerPageQuery extends Place {
  search: string | undefined;
  order: CustomerOrder;
  ids: readonly string[] | undefined;
}

export type CustomerOrder = 'newest' | 'name';

export interface CustomerStore {
  page(scope: Scope, query: CustomerPageQuery): Promise<CustomerRow[]>;
  byId(scope: Scope, id: string): Promise<CustomerRow | undefined>;
}

const columns = sql`id, name, pax8_company_id, state, version, created_at, updated_at, search_name`;

/** As the column search_name is made of a name; compared byte by byte, as its index is. */
const asSearched = (text: string): Sql => sql`lower(${text}::text collate pg_catalog.pg_c_utf8) collate "C"`;

// No index finds the middle of a word under row level security (nothing that does is leakproof): the tenant's customers are
// read in the index of their order until there are enough, in the worst case all of them.
const page = ({ after, limit, search, order, ids }: CustomerPageQuery) => {
  const these = ids === undefined ? sql`` : sql` and id = any (${ids}::uuid[])`;
  const found =
    search === undefined
      ? sql``
      : sql` and (select bool_and(strpos(search_name collate "C", word) > 0) from regexp_split_to_table(${asSearched(search)}, '\\s+') word)`;
  if (order === 'name') {
    const later = after ? sql` and (search_name collate "C", id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
    return sql<CustomerRow>`
      select ${columns} from portal.customers where true${these}${found}${later} order by search_name collate "C", id ${pageRows(limit)}`;
  }
  const older = after ? sql` and (created_at, id) < (${after[0]}, ${after[1]})` : sql``;
  return sql<CustomerRow>`
    select ${columns} from portal.customers where true${these}${found}${older} order by created_at desc, id desc ${pageRows(limit)}`;
};

export const customerStore = (database: TenantDatabase): CustomerStore => ({
  page: (scope, query) => database.read(scope, page(query)),
  byId: async (scope, id) =>
    (await database.read(scope, sql<CustomerRow>`select ${columns} from portal.customers where id = ${id}`))[0],
});

export const insertCustomer = (transaction: Transaction, scope: Scope, name: string): Promise<CustomerRow> =>
  transaction.one(
    sql<CustomerRow>`insert into portal.customers (tenant_id, name) values (${scope.tenantId}, ${name}) returning ${columns}`,
  );

/** Whoever has this name already, whatever its case; an active one first. */
export const customerNamed = (transaction: Transaction, name: string): Promise<CustomerRow | undefined> =>
  transaction.row(
    sql<CustomerRow>`select ${columns} from portal.customers where search_name collate "C" = ${asSearched(name)} order by state, id limit 1`,
  );

export const lockCustomer = (transaction: Transaction, id: string): Promise<CustomerRow | undefined> =>
  transaction.row(sql<CustomerRow>`select ${columns} from portal.customers where id = ${id} for update`);

export const updateCustomer = (
  transaction: Transaction,
  id: string,
  { name, state }: { name: string; state: CustomerRow['state'] },
): Promise<CustomerRow> =>
  transaction.one(
    sql<CustomerRow>`update portal.customers set name = ${name}, state = ${state} where id = ${id} returning ${columns}`,
  );

export interface ImportedCustomer extends CustomerRow {
  created: boolean;
  /** False where a person gave it another name, which stays. */
  has_imported_name: boolean;
}

/**
 * Makes or renames the customers of these companies, and remembers the name that Pax8 gave; rows that are right already are
 * not touched and not returned.
 */
export const upsertCompanies = (
  transaction: Transaction,
  scope: Scope,
  companies: readonly { id: string; name: string }[],
): Promise<ImportedCustomer[]> =>
  transaction.rows(sql<ImportedCustomer>`
    insert into portal.customers as c (tenant_id, name, imported_name, pax8_company_id)
    select ${scope.tenantId}::uuid, company.name, company.name, company.id
    from jsonb_to_recordset(${jsonValue(companies)}::jsonb) company (id uuid, name text)
    on conflict (tenant_id, pax8_company_id) do update set imported_name = excluded.imported_name,
      name = case when c.name = c.imported_name then excluded.name else c.name end
    where c.imported_name is distinct from excluded.imported_name
    returning ${columns}, version = 1 as created, name = imported_name as has_imported_name`);

/** Until the transaction ends nobody else adds an active customer: two that count at once would both find room. */
export const lockTheCount = async (transaction: Transaction, { tenantId }: Scope): Promise<void> => {
  await transaction.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`legendops:customers:${tenantId}`}, 0))`);
};

export const countActive = async (transaction: Transaction): Promise<number> =>
  (
    await transaction.row(
      sql<{ count: number }>`select count(*)::integer as count from portal.customers where state = 'active'`,
    )
  )?.count ?? 0;
