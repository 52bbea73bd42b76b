import { constraintOf } from '@legendops/kit/db/database-error';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { BookChoices } from './contract.ts';
import { linkColumns, ofSubject, type LinkRow, type LinkSubject } from './link-row.ts';

/** What a posting reads and makes of links; what a person does with them is in `store.ts`. */
export interface KnownLinks {
  /** Of a customer in a currency; one from before currencies were kept is for all of them. */
  customer(
    scope: Scope,
    subject: { realmId: string; customerId: string; currency: string | null },
  ): Promise<LinkRow | undefined>;
  /** Items, tax codes and terms of a company, for all and for some. */
  rules(scope: Scope, realmId: string): Promise<LinkRow[]>;
  choices(scope: Scope, realmId: string): Promise<BookChoices>;
  /** A customer that is to be made under this name; one that waits under another name is replaced, and has another id. */
  begin(scope: Scope, subject: LinkSubject, name: string): Promise<LinkRow>;
  /** What is made now, or was ours already. False when another customer of ours has it. */
  made(scope: Scope, link: Pick<LinkRow, 'id' | 'realm_id'>, entry: { id: string; name: string }): Promise<boolean>;
  keep(
    scope: Scope,
    subject: LinkSubject,
    entry: { id: string; name: string },
    origin: 'posted' | 'made',
  ): Promise<void>;
  /** QuickBooks has it no more, or not active. */
  gone(scope: Scope, realmId: string, of: { kind: 'customer' | 'item'; quickBooksId: string }): Promise<void>;
  /** The customers in QuickBooks that are those of others here, who are not archived. */
  taken(scope: Scope, realmId: string, by?: { exceptCustomerId: string }): Promise<Set<string>>;
  /** Whether anything was ever posted to this company. */
  hasPosted(scope: Scope, realmId: string): Promise<boolean>;
}

const insertLink = (
  scope: Scope,
  { realmId, kind, customerId, productId, currency }: LinkSubject,
  { id, name, origin }: { id: string | null; name: string; origin: 'posted' | 'made' },
) => sql<LinkRow>`
  insert into billing.links (tenant_id, realm_id, kind, customer_id, product_id, currency, remote_id, remote_name, origin)
  values (${scope.tenantId}, ${realmId}, ${kind}, ${customerId}, ${productId}, ${currency}, ${id}, ${name}, ${origin})
  on conflict on constraint links_subject do nothing returning ${linkColumns}`;

/** What an archived customer had is free for who comes after it. */
export const freeOfArchived = (realmId: string, quickBooksId: string) => sql`
  delete from billing.links l using billing.customers c
  where c.tenant_id = l.tenant_id and c.id = l.customer_id and c.state = 'archived'
    and l.realm_id = ${realmId} and l.kind = 'customer' and l.remote_id = ${quickBooksId}`;

const standard: BookChoices = { invoiceDate: 'period-end', closedBooks: 'ask' };

export const knownLinks = (database: TenantDatabase): KnownLinks => ({
  customer: async (scope, { realmId, customerId, currency }) =>
    (
      await database.read(
        scope,
        sql<LinkRow>`
          select ${linkColumns} from billing.links
          where realm_id = ${realmId} and kind = 'customer' and customer_id = ${customerId}
            and (currency = ${currency} or currency is null)
          order by currency nulls last limit 1`,
      )
    )[0],
  rules: (scope, realmId) =>
    database.read(
      scope,
      sql<LinkRow>`
        select ${linkColumns} from billing.links where realm_id = ${realmId} and kind <> 'customer'
        order by kind, customer_id nulls first, product_id nulls first`,
    ),
  choices: async (scope, realmId) =>
    (
      await database.read(
        scope,
        sql<BookChoices>`
          select invoice_date as "invoiceDate", closed_books as "closedBooks" from billing.book_choices
          where realm_id = ${realmId}`,
      )
    )[0] ?? standard,
  begin: (scope, subject, name) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        delete from billing.links where ${ofSubject(subject)} and remote_id is null and origin = 'made' and remote_name <> ${name}`);
      await transaction.change(insertLink(scope, subject, { id: null, name, origin: 'made' }));
      return transaction.one(sql<LinkRow>`select ${linkColumns} from billing.links where ${ofSubject(subject)}`);
    }),
  made: (scope, link, { id, name }) =>
    database
      .write(scope, async (transaction) => {
        await transaction.change(freeOfArchived(link.realm_id, id));
        return (
          (await transaction.change(sql`
              update billing.links set remote_id = ${id}, remote_name = ${name}, gone_at = null where id = ${link.id}`)) ===
          1
        );
      })
      .catch((error: unknown) => {
        if (constraintOf(error) === 'links_one_customer') return false;
        throw error;
      }),
  keep: (scope, subject, entry, origin) =>
    database.write(scope, async (transaction) => {
      await transaction.change(insertLink(scope, subject, { ...entry, origin }));
    }),
  gone: (scope, realmId, { kind, quickBooksId }) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update billing.links set gone_at = now()
        where realm_id = ${realmId} and kind = ${kind} and remote_id = ${quickBooksId} and gone_at is null`);
    }),
  taken: async (scope, realmId, by) => {
    const rows = await database.read(
      scope,
      sql<{ remote_id: string }>`
        select l.remote_id from billing.links l
          join billing.customers c on c.tenant_id = l.tenant_id and c.id = l.customer_id and c.state <> 'archived'
        where l.realm_id = ${realmId} and l.kind = 'customer' and l.gone_at is null and l.remote_id is not null
          and l.customer_id is distinct from ${by?.exceptCustomerId}::uuid`,
    );
    return new Set(rows.map(({ remote_id }) => remote_id));
  },
  hasPosted: async (scope, realmId) =>
    (
      await database.read(
        scope,
        sql`select from billing.postings where realm_id = ${realmId} and state = 'posted' limit 1`,
      )
    ).length > 0,
});
