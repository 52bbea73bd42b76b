import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import { appendEvents } from '@legendops/kit/outbox/append-event';
import type { Customer, CustomerChange, ImportResult, NewCustomer } from '../contract.ts';
import type { Pax8Companies } from './pax8-companies.ts';
import {
  countActive,
  insertCustomer,
  lockCustomer,
  updateCustomer,
  upsertCompanies,
  type CustomerRow,
  type CustomerStore,
} from './store.ts';

export interface CustomerService {
  page(
    scope: Scope,
    query: { limit: number; cursor?: string | undefined; search?: string | undefined },
  ): Promise<Page<Customer>>;
  get(scope: Scope, id: string): Promise<Customer>;
  create(transaction: Transaction, scope: Scope, wanted: NewCustomer): Promise<Customer>;
  change(scope: Scope, id: string, version: number, wanted: CustomerChange): Promise<Customer>;
  /** Makes customers of the companies at Pax8. As often as wanted: what is right already is left alone. */
  importFromPax8(scope: Scope): Promise<ImportResult>;
}

const present = (row: CustomerRow): Customer => ({
  id: row.id,
  name: row.name,
  pax8CompanyId: row.pax8_company_id,
  state: row.state,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const topic = 'customers';

const publish = (transaction: Transaction, scope: Scope, rows: readonly CustomerRow[]): Promise<void> =>
  appendEvents(
    transaction,
    rows.map((row) => ({
      tenantId: scope.tenantId,
      topic,
      entityId: row.id,
      entityVersion: row.version,
      payload: { name: row.name, pax8CompanyId: row.pax8_company_id, state: row.state },
    })),
  );

// A name longer than ours may be is cut rather than refused: one odd company must not stop an import.
const longestName = 256;

export const customerService = ({
  store,
  database,
  registry,
  pax8Companies,
}: {
  store: CustomerStore;
  database: TenantDatabase;
  registry: TenantRegistry;
  pax8Companies: Pax8Companies;
}): CustomerService => {
  // After the write, in its transaction: what would be one too many is undone with it.
  const keepLimit = async (transaction: Transaction, { tenantId }: Scope): Promise<void> => {
    const limit = (await registry.find(tenantId))?.customers ?? 0;
    if ((await countActive(transaction)) > limit)
      throw problem('customer.limit-reached', {
        detail: `It may have ${limit}; archive some, or ask for a higher limit`,
      });
  };
  return {
    page: async (scope, { limit, cursor, search }) => {
      const list = `customers:${search ?? ''}`;
      return toPage({
        rows: await store.page(scope, { after: decodeCursor(list, cursor, 2), limit, search }),
        limit,
        list,
        keys: (row) => [row.created_at, row.id],
        present,
      });
    },
    get: async (scope, id) => {
      const row = await store.byId(scope, id);
      if (!row) throw problem('customer.not-found');
      return present(row);
    },
    create: async (transaction, scope, { name }) => {
      const row = await insertCustomer(transaction, scope, name);
      await keepLimit(transaction, scope);
      await publish(transaction, scope, [row]);
      return present(row);
    },
    change: (scope, id, version, wanted) =>
      database.write(scope, async (transaction) => {
        const before = await lockCustomer(transaction, id);
        if (!before) throw problem('customer.not-found');
        if (before.version !== version) throw problem('version.stale');
        const after = await updateCustomer(transaction, id, {
          name: wanted.name ?? before.name,
          state: wanted.state ?? before.state,
        });
        if (before.state === 'archived' && after.state === 'active') await keepLimit(transaction, scope);
        await publish(transaction, scope, [after]);
        return present(after);
      }),
    importFromPax8: async (scope) => {
      const companies = (await pax8Companies(scope.tenantId))
        .filter(({ status }) => status !== 'Deleted')
        .map(({ id, name }) => ({ id, name: name.trim().slice(0, longestName) || id }));
      if (companies.length === 0) return { created: 0, renamed: 0, unchanged: 0 };
      return database.write(scope, async (transaction) => {
        const rows = await upsertCompanies(transaction, scope, companies);
        await keepLimit(transaction, scope);
        await publish(transaction, scope, rows);
        const created = rows.filter((row) => row.created).length;
        return { created, renamed: rows.length - created, unchanged: companies.length - rows.length };
      });
    },
  };
};
