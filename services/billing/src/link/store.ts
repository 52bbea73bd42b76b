import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { linkChanges, linkSubject } from './audited-link.ts';
import type { BookChoices } from './contract.ts';
import { freeOfArchived } from './known-links.ts';
import type { Needs } from './needs.ts';
import { settleNeed, tellNeeds } from './tell-needs.ts';
import { linkColumns, ofSubject, type LinkRow, type LinkSubject } from './link-row.ts';

export interface LinkedCustomerRow {
  id: string;
  name: string;
  links: LinkRow[];
}

export interface LinkStore {
  /** The company that is connected, in whatever state. */
  realm(scope: Scope): Promise<string | undefined>;
  /** Active customers by name, with their links to a company. */
  customers(scope: Scope, realmId: string, place: Place): Promise<LinkedCustomerRow[]>;
  customerName(scope: Scope, customerId: string): Promise<string | undefined>;
  /** What a person says it is, in place of what was there. Throws link.taken. */
  confirm(
    scope: ActingScope<'link.confirmed'>,
    subject: LinkSubject,
    chosen: { quickBooksId: string | null; name: string; memberId: string; about: string },
  ): Promise<LinkRow>;
  /** Throws link.not-found and version.stale. */
  remove(scope: ActingScope<'link.removed'>, id: string, version: number): Promise<void>;
  /** What a whole company waits for. */
  tell(scope: Scope, realmId: string, missing: readonly Needs[]): Promise<void>;
  choose(scope: ActingScope<'books.changed'>, realmId: string, choices: BookChoices): Promise<void>;
}

const orTaken = (error: unknown): never => {
  if (constraintOf(error) === 'links_one_customer')
    throw problem('link.taken', { detail: 'Take another one, or press “Pick another” for that customer first' });
  throw error;
};

export const linkStore = (database: TenantDatabase): LinkStore => ({
  realm: async (scope) =>
    (
      await database.read(
        scope,
        sql<{ account: string }>`select account from billing.connections where vendor = 'quickbooks'`,
      )
    )[0]?.account,
  customers: (scope, realmId, { after, limit }) => {
    const later = after ? sql` and (c.name, c.id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
    return database.read(
      scope,
      sql<LinkedCustomerRow>`
        select c.id, c.name,
          (select coalesce(jsonb_agg(to_jsonb(l) order by l.currency nulls first), '[]') from billing.links l
            where l.tenant_id = c.tenant_id and l.customer_id = c.id and l.kind = 'customer' and l.realm_id = ${realmId})
            as links
        from billing.customers c where c.state = 'active'${later} order by c.name, c.id ${pageRows(limit)}`,
    );
  },
  customerName: async (scope, customerId) =>
    (await database.read(scope, sql<{ name: string }>`select name from billing.customers where id = ${customerId}`))[0]
      ?.name,
  confirm: (scope, subject, { quickBooksId, name, memberId, about }) =>
    database
      .write(scope, async (transaction) => {
        const before = await transaction.row(sql<LinkRow>`
          select ${linkColumns} from billing.links where ${ofSubject(subject)} for update`);
        await transaction.change(sql`delete from billing.links where ${ofSubject(subject)}`);
        if (subject.kind === 'customer' && quickBooksId !== null)
          await transaction.change(freeOfArchived(subject.realmId, quickBooksId));
        const { realmId, kind, customerId, productId, currency } = subject;
        const row = await transaction.one(sql<LinkRow>`
          insert into billing.links (tenant_id, realm_id, kind, customer_id, product_id, currency, remote_id, remote_name,
            origin, confirmed_by)
          values (${scope.tenantId}, ${realmId}, ${kind}, ${customerId}, ${productId}, ${currency}, ${quickBooksId}, ${name},
            'person', ${memberId})
          returning ${linkColumns}`);
        if (kind !== 'terms') await settleNeed(transaction, { realmId, customerId, what: kind });
        await scope.audit(transaction, {
          act: 'link.confirmed',
          subject: linkSubject(row, about),
          changes: linkChanges(before, row),
        });
        return row;
      })
      .catch(orTaken),
  remove: (scope, id, version) =>
    database.write(scope, async (transaction) => {
      const found = await transaction.row(sql<LinkRow>`
        select ${linkColumns} from billing.links where id = ${id} for update`);
      const row = asSeen(found, version, 'link.not-found');
      await transaction.change(sql`delete from billing.links where id = ${id}`);
      await scope.audit(transaction, {
        act: 'link.removed',
        subject: linkSubject(row, row.remote_name),
        changes: linkChanges(row, undefined),
      });
    }),
  tell: (scope, realmId, missing) =>
    database.write(scope, async (transaction) => {
      for (const needs of missing) await tellNeeds(transaction, scope, { realmId }, needs);
    }),
  choose: (scope, realmId, choices) =>
    database.write(scope, async (transaction) => {
      const before = await transaction.row(sql<{ invoiceDate: string; closedBooks: string }>`
        select invoice_date as "invoiceDate", closed_books as "closedBooks" from billing.book_choices
        where realm_id = ${realmId} for update`);
      await transaction.change(sql`
        insert into billing.book_choices (tenant_id, realm_id, invoice_date, closed_books)
        values (${scope.tenantId}, ${realmId}, ${choices.invoiceDate}, ${choices.closedBooks})
        on conflict (tenant_id, realm_id) do update set invoice_date = excluded.invoice_date,
          closed_books = excluded.closed_books`);
      if (choices.closedBooks !== 'ask') await settleNeed(transaction, { realmId, customerId: null, what: 'date' });
      await scope.audit(transaction, {
        act: 'books.changed',
        subject: { type: 'books', id: realmId, name: `QuickBooks company ${realmId}` },
        changes: differences(before ?? { invoiceDate: null, closedBooks: null }, choices, [
          'invoiceDate',
          'closedBooks',
        ]),
      });
    }),
});
