import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences } from '@legendops/kit/audit/differences';
import type { AuditAct } from '@legendops/kit/contract/audit-acts';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import { appendEvents } from '@legendops/kit/outbox/append-event';
import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { longestName, type Customer, type CustomerChange, type ImportResult, type NewCustomer } from '../contract.ts';
import type { Pax8Companies } from './pax8-companies.ts';
import {
  countActive,
  customerNamed,
  insertCustomer,
  lockCustomer,
  lockTheCount,
  updateCustomer,
  upsertCompanies,
  type CustomerOrder,
  type CustomerRow,
  type CustomerStore,
} from './store.ts';

/** So many active customers a tenant may have. */
export interface CustomerLimit {
  customerLimit: number;
}

type Limited<Act extends AuditAct> = ActingScope<Act> & CustomerLimit;

export interface CustomerService {
  page(
    scope: Scope,
    query: {
      limit: number;
      cursor?: string | undefined;
      search?: string | undefined;
      order?: CustomerOrder;
      ids?: readonly string[] | undefined;
    },
  ): Promise<Page<Customer>>;
  get(scope: Scope, id: string): Promise<Customer>;
  create(transaction: Transaction, scope: Limited<'customer.created'>, wanted: NewCustomer): Promise<Customer>;
  change(scope: Limited<'customer.changed'>, id: string, version: number, wanted: CustomerChange): Promise<Customer>;
  /**
   * Makes customers of the companies at Pax8, and gives them their names anew unless a person has renamed them. As often as
   * wanted: what is right already is left alone.
   */
  importFromPax8(scope: Limited<'customers.imported'>): Promise<ImportResult>;
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

const subjectOf = ({ id, name }: CustomerRow) => ({ type: 'customer', id, name });

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

// After the write and under the count's lock: what would be one too many is undone with its transaction.
const keepLimit = async (transaction: Transaction, { customerLimit }: CustomerLimit): Promise<void> => {
  if ((await countActive(transaction)) > customerLimit)
    throw problem('customer.limit-reached', {
      detail: `It may have ${customerLimit}; press “Archive” on some that you no longer serve, or ask LegendOps support for a higher limit`,
    });
};

const keepNameApart = async (transaction: Transaction, name: string): Promise<void> => {
  const holder = await customerNamed(transaction, name);
  if (holder)
    throw problem('customer.name-taken', {
      detail: `${holder.name} is ${holder.state}; give this one another name, or say that there are two`,
    });
};

export const customerService = ({
  store,
  database,
  pax8Companies,
}: {
  store: CustomerStore;
  database: TenantDatabase;
  pax8Companies: Pax8Companies;
}): CustomerService => {
  return {
    page: (scope, { search, order = 'newest', ids, ...query }) =>
      listPage(query, {
        list: ['customers', order, search ?? '', ...(ids ?? [])].join(':'),
        by: [order === 'name' ? 'text' : 'instant', 'id'],
        read: (place) => store.page(scope, { ...place, search, order, ids }),
        keys: (row) => [order === 'name' ? row.search_name : row.created_at, row.id],
        present,
      }),
    get: async (scope, id) => {
      const row = await store.byId(scope, id);
      if (!row) throw problem('customer.not-found');
      return present(row);
    },
    create: async (transaction, scope, { name, evenIfNameIsTaken }) => {
      await lockTheCount(transaction, scope);
      if (!evenIfNameIsTaken) await keepNameApart(transaction, name);
      const row = await insertCustomer(transaction, scope, name);
      await keepLimit(transaction, scope);
      await publish(transaction, scope, [row]);
      const changes = created({ name: row.name });
      await scope.audit(transaction, { act: 'customer.created', subject: subjectOf(row), changes });
      return present(row);
    },
    change: (scope, id, version, wanted) =>
      database.write(scope, async (transaction) => {
        // Before the row: an import holds the count when it comes to the rows.
        if (wanted.state === 'active') await lockTheCount(transaction, scope);
        const before = asSeen(await lockCustomer(transaction, id), version, 'customer.not-found');
        if (wanted.name !== undefined && wanted.name !== before.name && !wanted.evenIfNameIsTaken)
          await keepNameApart(transaction, wanted.name);
        const after = await updateCustomer(transaction, id, {
          name: wanted.name ?? before.name,
          state: wanted.state ?? before.state,
        });
        if (before.state === 'archived' && after.state === 'active') await keepLimit(transaction, scope);
        await publish(transaction, scope, [after]);
        const changes = differences(before, after, ['name', 'state']);
        if (changes.length > 0)
          await scope.audit(transaction, { act: 'customer.changed', subject: subjectOf(after), changes });
        return present(after);
      }),
    importFromPax8: async (scope) => {
      const companies = (await pax8Companies(scope.tenantId))
        .filter(({ status }) => status !== 'Deleted')
        // What a name of ours may not be is left out rather than refused: one odd company must not stop an import.
        .map(({ id, name }) => ({ id, name: asLineOfText(name, longestName) || id }));
      if (companies.length === 0) return { created: 0, renamed: 0, unchanged: 0 };
      return database.write(scope, async (transaction) => {
        await lockTheCount(transaction, scope);
        const rows = await upsertCompanies(transaction, scope, companies);
        const added = rows.filter((row) => row.created).length;
        if (added > 0) await keepLimit(transaction, scope);
        await publish(transaction, scope, rows);
        const renamed = rows.filter((row) => !row.created && row.has_imported_name).length;
        if (rows.length > 0)
          await scope.audit(transaction, {
            act: 'customers.imported',
            subject: { type: 'tenant', id: scope.tenantId, name: 'Companies at Pax8' },
            changes: created({ created: added, renamed }),
          });
        return { created: added, renamed, unchanged: companies.length - added - renamed };
      });
    },
  };
};
