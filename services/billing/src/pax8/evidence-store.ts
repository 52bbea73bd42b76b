import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { EvidenceRow, ItemRow } from './evidence-rows.ts';

export type EvidenceKind = 'invoice' | 'order' | 'contact' | 'price' | 'history';

/** A complete list: of a company's contacts, a product's prices, and so on; '' is the subject of what is one list for all. */
export interface EvidenceList {
  kind: EvidenceKind;
  subject: string;
  rows: readonly EvidenceRow[];
  /** Ids of what could not be read: it stays as it was. Undefined where nobody can say: then nothing is taken for gone. */
  held: readonly string[] | undefined;
  today: string;
}

const listed = (rows: string) => sql`jsonb_to_recordset(${rows}::jsonb) n (id text, body jsonb)`;

/**
 * Makes the open versions of a list equal to it. What differs holds from today on, the tenant's date, and what held before
 * stays for the days that it held; what is listed no more ends.
 */
export const replaceEvidence = async (
  transaction: Transaction,
  scope: Scope,
  { kind, subject, rows, held, today }: EvidenceList,
): Promise<number> => {
  const given = jsonValue(rows);
  const overwritten = await transaction.change(sql`
    update billing.pax8_evidence e set body = n.body, learned_at = now() from ${listed(given)}
    where e.kind = ${kind} and e.subject = ${subject} and e.id = n.id and e.effective_to is null
      and e.effective_from >= ${today}::date and e.body is distinct from n.body`);
  await transaction.change(sql`
    update billing.pax8_evidence e set effective_to = ${today}::date from ${listed(given)}
    where e.kind = ${kind} and e.subject = ${subject} and e.id = n.id and e.effective_to is null
      and e.effective_from < ${today}::date and e.body is distinct from n.body`);
  const begun = await transaction.change(sql`
    insert into billing.pax8_evidence as e (tenant_id, kind, subject, id, body, effective_from)
    select ${scope.tenantId}::uuid, ${kind}, ${subject}, n.id, n.body, ${today}::date from ${listed(given)}
    where not exists (select from billing.pax8_evidence k
      where k.kind = ${kind} and k.subject = ${subject} and k.id = n.id and k.effective_to is null)
    on conflict (tenant_id, kind, subject, id, effective_from) do update
      set body = excluded.body, effective_to = null, learned_at = now()`);
  if (held === undefined) return overwritten + begun;
  const ended = await transaction.change(sql`
    update billing.pax8_evidence set effective_to = greatest(${today}::date, effective_from + 1)
    where kind = ${kind} and subject = ${subject} and effective_to is null
      and not exists (select from unnest(${[...rows.map(({ id }) => id), ...held]}::text[]) stays where stays = pax8_evidence.id)`);
  return overwritten + begun + ended;
};

/** Ends the lists of what is there no more. */
export const endOtherSubjects = (
  transaction: Transaction,
  { kind, subjects, today }: { kind: EvidenceKind; subjects: readonly string[]; today: string },
): Promise<number> =>
  transaction.change(sql`
    update billing.pax8_evidence set effective_to = greatest(${today}::date, effective_from + 1)
    where kind = ${kind} and effective_to is null and subject <> all (${[...subjects]}::text[])`);

/** These subjects' lists were read on a day. */
export const rememberEvidence = (
  transaction: Transaction,
  scope: Scope,
  { kind, subject, today }: Pick<EvidenceList, 'kind' | 'subject' | 'today'>,
): Promise<number> =>
  transaction.change(sql`
    insert into billing.pax8_evidence_reads as r (tenant_id, kind, subject, read_on)
    values (${scope.tenantId}, ${kind}, ${subject}, ${today})
    on conflict (tenant_id, kind, subject) do update set read_on = excluded.read_on where r.read_on < excluded.read_on`);

/** Those of the subjects whose list was not read since a day, longest ago first: a sync that stops goes on after them. */
export const dueSubjects = async (
  transaction: Transaction,
  { kind, subjects, since, most }: { kind: EvidenceKind; subjects: readonly string[]; since: string; most: number },
): Promise<string[]> =>
  (
    await transaction.rows(sql<{ subject: string }>`
      select s.subject from (select distinct unnest(${[...subjects]}::text[]) as subject) s
      left join billing.pax8_evidence_reads r on r.kind = ${kind} and r.subject = s.subject
      where r.read_on is null or r.read_on < ${since}::date
      order by r.read_on nulls first, s.subject limit ${most}::integer`)
  ).map(({ subject }) => subject);

/** Subscriptions that have changed since their history was read. */
export const changedSubscriptions = async (transaction: Transaction, most: number): Promise<string[]> =>
  (
    await transaction.rows(sql<{ id: string }>`
      select s.id from billing.pax8_subscriptions s
      left join billing.pax8_evidence_reads r on r.kind = 'history' and r.subject = s.id::text
      where s.effective_to is null and (r.read_on is null or r.read_on <= s.effective_from)
      order by r.read_on nulls first, s.id limit ${most}::integer`)
  ).map(({ id }) => id);

const itemValues = sql`fingerprint, type, company_id, company_name, subscription_id, product_id, product_name, term, period,
  start_period, end_period, quantity_e6, cost_e8, currency`;
const items = (rows: string) => sql`
  jsonb_to_recordset(${rows}::jsonb) n (fingerprint text, type text, company_id uuid, company_name text, subscription_id uuid,
    product_id uuid, product_name text, term text, period date, start_period date, end_period date, quantity_e6 bigint,
    cost_e8 bigint, currency text)`;

/** Makes the items of an invoice, or of a month's draft, equal to a complete list; what is no longer said stays, superseded. */
export const replaceItems = async (
  transaction: Transaction,
  scope: Scope,
  { invoiceId, month, rows }: { invoiceId: string | null; month: string; rows: readonly ItemRow[] },
): Promise<number> => {
  const given = jsonValue(rows);
  const superseded = await transaction.change(sql`
    update billing.pax8_invoice_items i set superseded_at = now()
    where i.superseded_at is null and i.invoice_month = ${month}::date and i.invoice_id is not distinct from ${invoiceId}::uuid
      and not exists (select from ${items(given)} where n.fingerprint = i.fingerprint)`);
  const added = await transaction.change(sql`
    insert into billing.pax8_invoice_items (tenant_id, invoice_id, invoice_month, ${itemValues})
    select ${scope.tenantId}::uuid, ${invoiceId}::uuid, ${month}::date, n.* from ${items(given)}
    on conflict do nothing`);
  return superseded + added;
};

/**
 * Ends the items of invoices that are void or listed no more, and the draft items of the months that have an invoice. Of
 * the months of the window alone: what is older is not listed.
 */
export const supersedeOtherItems = (
  transaction: Transaction,
  { invoiceIds, from, drafted }: { invoiceIds: readonly string[]; from: string; drafted: readonly string[] },
): Promise<number> =>
  transaction.change(sql`
    update billing.pax8_invoice_items set superseded_at = now()
    where superseded_at is null and (invoice_id is not null and invoice_month >= ${from}::date
        and invoice_id::text <> all (${[...invoiceIds]}::text[])
      or invoice_id is null and invoice_month <> all (${[...drafted]}::date[]))`);

/** How many invoices of these months and items of an invoice the mirror has. */
export const knownInvoices = async (transaction: Transaction, from: string): Promise<number> =>
  (
    await transaction.one(sql<{ count: number }>`
      select count(*)::integer as count from billing.pax8_evidence
      where kind = 'invoice' and effective_to is null and subject >= ${from.slice(0, 7)}`)
  ).count;

export const knownItems = async (transaction: Transaction, invoiceId: string): Promise<number> =>
  (
    await transaction.one(sql<{ count: number }>`
      select count(*)::integer as count from billing.pax8_invoice_items
      where invoice_id = ${invoiceId} and superseded_at is null`)
  ).count;
