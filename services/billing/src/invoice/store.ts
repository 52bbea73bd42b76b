import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { EntryRow } from '../book-entry/entry-row.ts';
import { paymentStateOn, withEntry } from '../book-entry/payment-in-sql.ts';
import type { Invoice } from '../contract.ts';
import type { PostingRow } from '../posting/posting-row.ts';
import type { Decision, GivenApproval, LineEdit } from './contract.ts';
import type { InvoiceFilter } from './invoice-query.ts';
import type { RatedTexts } from './rated-texts.ts';

export interface InvoiceRow {
  id: string;
  kind: Invoice['kind'];
  customer_id: string;
  customer_name: string;
  period_start: string;
  period_end: string;
  currency: string;
  total_minor: bigint;
  content_hash: string;
  status: Invoice['status'];
  approved_at: string | null;
  doc_number: string | null;
  version: number;
  created_at: string;
  /** What a person has decided, as long as it stands. */
  decision: Decision | null;
  awaits_second: boolean;
  /** The tenant's, by whose day it is overdue. */
  time_zone: string;
  /** What QuickBooks has of it, as `withEntry` finds it. */
  entry_state: EntryRow['state'] | null;
  entry_total: bigint | null;
  entry_open: bigint | null;
  entry_due: string | null;
}

export interface InvoiceLineRow {
  id: string;
  source_key: string;
  description: string;
  quantity_e6: bigint;
  unit_price_e8: bigint;
  amount_minor: bigint;
  /** Null where Pax8 did not say. */
  cost_minor: bigint | null;
  explanation: { steps: string[] };
  corrects_period: string | null;
  edit: Omit<LineEdit, 'rated'> | null;
  /** What the rating says, in texts; null where nobody has changed the line, and for a person's own. */
  rated: RatedTexts | null;
}

/** Which invoices, at which moment: some are overdue from a day on. */
export interface InvoicesAt {
  filter: InvoiceFilter;
  at: Date;
}

export interface InvoiceStore {
  page(scope: Scope, query: Place & InvoicesAt): Promise<InvoiceRow[]>;
  detail(scope: Scope, id: string): Promise<InvoiceParts>;
}

export interface InvoiceParts {
  invoice: InvoiceRow | undefined;
  lines: InvoiceLineRow[];
  posting: PostingRow | undefined;
  approvals: GivenApproval[];
  /** Above which two persons approve; null where nobody has said so. */
  limit: bigint | null;
}

/** A decision or a change of `i`'s customer, month and currency. */
const ofItsMonth = (of: Sql) => sql`${of}.tenant_id = i.tenant_id and ${of}.customer_id = i.customer_id
  and ${of}.period_start = i.period_start and ${of}.currency = i.currency`;

/** Of `d`: a hold ends on its day, and what is to be drafted anew is, once a run has. */
const stands = sql`d.answered_at is null and (d.held_until_at is null or d.held_until_at > now())`;

// As the registry has it.
const timeZone = sql`(select coalesce(t.settings ->> 'timeZone', 'UTC') from app.tenants t)`;

// The newest posting is the one that counts; earlier generations failed.
const invoices = sql`
  select i.id, i.kind, i.customer_id, i.customer_name, i.period_start, i.period_end, i.currency, i.total_minor, i.content_hash,
    i.status, i.approved_at, i.version, i.created_at,
    (select p.doc_number from billing.postings p where p.tenant_id = i.tenant_id and p.invoice_id = i.id
      order by p.generation desc limit 1) as doc_number,
    i.status = 'draft' and exists (select from billing.invoice_approvals a
      where a.tenant_id = i.tenant_id and a.invoice_id = i.id and a.content_hash = i.content_hash) as awaits_second,
    (select jsonb_build_object('kind', d.decision, 'reason', d.reason, 'until', d.held_until, 'by', d.decided_name, 'at', d.decided_at)
      from billing.invoice_decisions d
      where ${ofItsMonth(sql`d`)} and ${stands}
        and i.status = case d.decision when 'left' then 'rejected' else 'draft' end) as decision,
    ${timeZone} as time_zone, e.state as entry_state, e.total_minor as entry_total, e.open_minor as entry_open, e.due_on as entry_due
  from billing.invoices i ${withEntry}`;

/** The lines in their order. */
export const linesOf = (id: string) => sql<InvoiceLineRow>`
  select l.id, l.source_key, l.description, l.quantity_e6, l.unit_price_e8, l.amount_minor, l.cost_minor, l.explanation,
    l.corrects_period, l.rated,
    (select jsonb_build_object('reason', e.reason, 'by', e.edited_name, 'at', e.edited_at)
      from billing.line_edits e where ${ofItsMonth(sql`e`)} and e.source_key = l.source_key) as edit
  from billing.invoice_lines l join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
  where l.invoice_id = ${id} order by l.position`;

const approvalsOf = (id: string) => sql<GivenApproval>`
  select a.member_id as "memberId", a.member_name as by, a.approved_at as at
  from billing.invoice_approvals a join billing.invoices i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
  where a.invoice_id = ${id} and a.content_hash = i.content_hash order by a.approved_at, a.member_id`;

const limitOf = (id: string) => sql<{ limit: bigint }>`
  select l.limit_minor as limit from billing.approval_limits l
  where l.currency = (select i.currency from billing.invoices i where i.id = ${id})`;

/** Every try that may have arrived; of `p`, a posting of the same invoice. */
const sentTries = sql`from billing.postings e
  where e.tenant_id = p.tenant_id and e.invoice_id = p.invoice_id and e.sent_at is not null and e.state <> 'voided'`;

const postingOf = (id: string) => sql<PostingRow>`
  select p.id, p.generation, p.state, p.doc_number, p.remote_id, p.code, p.detail, p.updated_at,
    exists (select ${sentTries}) as may_be_there,
    not exists (select ${sentTries} and not exists (
      select from billing.connections c where c.tenant_id = e.tenant_id and c.vendor = 'quickbooks' and c.state = 'connected'
        and c.account = e.realm_id)) as is_askable
  from billing.postings p where p.invoice_id = ${id} order by p.generation desc limit 1`;

const invoiceById = (id: string) => sql<InvoiceRow>`${invoices} where i.id = ${id}`;

const newestFirst = sql`order by i.created_at desc, i.id desc`;

const narrowed = ({ filter: { customerId, status, paymentState, from, to }, at }: InvoicesAt): Sql => {
  const ofCustomer = customerId === undefined ? sql`` : sql` and i.customer_id = ${customerId}`;
  const inStatus = status === undefined ? sql`` : sql` and i.status = ${status}`;
  const today = sql`(${at}::timestamptz at time zone ${timeZone})::date`;
  const paid = paymentState === undefined ? sql`` : sql` and ${paymentStateOn(today)} = ${paymentState}`;
  const since = from === undefined ? sql`` : sql` and i.period_start >= ${from}`;
  const until = to === undefined ? sql`` : sql` and i.period_start <= ${to}`;
  return sql`${ofCustomer}${inStatus}${paid}${since}${until}`;
};

export const invoiceStore = (database: TenantDatabase): InvoiceStore => ({
  page: (scope, { after, limit, ...asked }) => {
    const older = after ? sql` and (i.created_at, i.id) < (${after[0]}, ${after[1]}::uuid)` : sql``;
    return database.read(
      scope,
      sql<InvoiceRow>`${invoices} where true${narrowed(asked)}${older} ${newestFirst} ${pageRows(limit)}`,
    );
  },
  detail: async (scope, id) => {
    const [found, lines, postings, approvals, limits] = await database.readAll<
      [InvoiceRow, InvoiceLineRow, PostingRow, GivenApproval, { limit: bigint }]
    >(scope, [invoiceById(id), linesOf(id), postingOf(id), approvalsOf(id), limitOf(id)]);
    return { invoice: found[0], lines, posting: postings[0], approvals, limit: limits[0]?.limit ?? null };
  },
});

/** The same inside a transaction, with the invoice locked against everyone else's change. */
export const lockInvoice = async (transaction: Transaction, id: string): Promise<InvoiceParts> => {
  const locked = await transaction.row(sql`select id from billing.invoices where id = ${id} for update`);
  if (locked === undefined) return { invoice: undefined, lines: [], posting: undefined, approvals: [], limit: null };
  return {
    invoice: await transaction.row(invoiceById(id)),
    lines: await transaction.rows(linesOf(id)),
    posting: await transaction.row(postingOf(id)),
    approvals: await transaction.rows(approvalsOf(id)),
    limit: (await transaction.row(limitOf(id)))?.limit ?? null,
  };
};

/** What a person approves counts while the invoice says the same. */
export const giveApproval = (
  transaction: Transaction,
  { tenantId }: Scope,
  {
    id,
    memberId,
    name,
    contentHash,
    at,
  }: { id: string; memberId: string; name: string; contentHash: string; at: Date },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.invoice_approvals (tenant_id, invoice_id, member_id, member_name, content_hash, approved_at)
    values (${tenantId}, ${id}, ${memberId}, ${name}, ${contentHash}, ${at})
    on conflict (tenant_id, invoice_id, member_id) do update
      set member_name = excluded.member_name, content_hash = excluded.content_hash, approved_at = excluded.approved_at`);

export const markApproved = (
  transaction: Transaction,
  { id, memberId, contentHash }: { id: string; memberId: string; contentHash: string },
): Promise<number> =>
  transaction.change(sql`
    update billing.invoices
    set status = case when total_minor = 0 then 'settled' else 'approved' end, approved_by = ${memberId}, approved_hash = ${contentHash}, approved_at = now()
    where id = ${id} and status = 'draft' and content_hash = ${contentHash}`);

export const setInvoiceStatus = (transaction: Transaction, id: string, status: Invoice['status']): Promise<number> =>
  transaction.change(sql`update billing.invoices set status = ${status} where id = ${id}`);

/** Approved, and not asked to be posted yet. */
export const idsToPost = async (transaction: Transaction, limit: number): Promise<string[]> =>
  (
    await transaction.rows(
      sql<{
        id: string;
      }>`select id from billing.invoices where status = 'approved' order by created_at, id limit ${limit}`,
    )
  ).map(({ id }) => id);

/** Failed for one of these reasons, by the newest posting. */
export const failedIds = async (
  transaction: Transaction,
  { codes, customerId }: { codes: readonly string[]; customerId: string | undefined },
  limit: number,
): Promise<string[]> =>
  (
    await transaction.rows(sql<{ id: string }>`
      select i.id from billing.invoices i
      where i.status = 'failed' and (${customerId ?? null}::uuid is null or i.customer_id = ${customerId ?? null}::uuid)
        and (select p.code from billing.postings p where p.tenant_id = i.tenant_id and p.invoice_id = i.id
          order by p.generation desc limit 1) = any (${codes}::text[])
      order by i.created_at, i.id limit ${limit}`)
  ).map(({ id }) => id);
