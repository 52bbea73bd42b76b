import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { InvoiceStatus } from '../contract.ts';
import { postedColumns, type PostedSale } from './entry-row.ts';

/** An invoice that something in QuickBooks carries the mark of. */
export interface MarkedInvoice {
  id: string;
  customerId: string;
  customerName: string;
  status: InvoiceStatus;
  /** What it is in this account; and what it once was, and is void or deleted. */
  quickBooksIds: string[];
  voidIds: string[];
  docNumber: string | null;
}

const fromPostings = sql`from billing.postings p join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id`;

/** What was posted to this account in the last days. */
export const postedLately = (
  database: TenantDatabase,
  scope: Scope,
  { realmId, days }: { realmId: string; days: number },
): Promise<PostedSale[]> =>
  database.read(
    scope,
    sql<PostedSale>`
      select ${postedColumns} ${fromPostings}
      where p.state = 'posted' and p.realm_id = ${realmId}
        and p.created_at > now() - make_interval(days => ${days}::integer)
      order by p.doc_number`,
  );

/** What is known here of things in QuickBooks: those that were posted under one of these ids, and invoices with these marks. */
export const findPosted = async (
  database: TenantDatabase,
  scope: Scope,
  { realmId, ids, marks }: { realmId: string; ids: readonly string[]; marks: readonly string[] },
): Promise<{ posted: PostedSale[]; marked: MarkedInvoice[] }> => {
  const [posted, marked] = await database.readAll<[PostedSale, MarkedInvoice]>(scope, [
    sql`select ${postedColumns} ${fromPostings}
      where p.state = 'posted' and p.realm_id = ${realmId} and p.remote_id = any (${ids}::text[])`,
    sql`select i.id, i.customer_id as "customerId", i.customer_name as "customerName", i.status,
        coalesce((select array_agg(p.remote_id) from billing.postings p where p.tenant_id = i.tenant_id and p.invoice_id = i.id
          and p.realm_id = ${realmId} and p.state = 'posted'), '{}') as "quickBooksIds",
        coalesce((select array_agg(p.remote_id) from billing.postings p where p.tenant_id = i.tenant_id and p.invoice_id = i.id
          and p.realm_id = ${realmId} and p.state = 'voided'), '{}') as "voidIds",
        (select p.doc_number from billing.postings p where p.tenant_id = i.tenant_id and p.invoice_id = i.id
          order by p.generation desc limit 1) as "docNumber"
      from billing.invoices i where i.id = any (${marks}::uuid[])`,
  ]);
  return { posted, marked };
};
