import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { InvoiceKind } from '../contract.ts';
import type { ComparedLine, LinkedCustomer } from './compare-month.ts';
import type { PairedBy, ShadowOutcome, ShadowResult } from './contract.ts';

export interface ShadowRunRow {
  id: string;
  period: string;
  dated_from: string;
  dated_to: string;
  result: ShadowResult;
  created_at: string;
}

export interface ShadowLineRow {
  place: string;
  outcome: ShadowOutcome;
  customer_id: string;
  customer_name: string;
  currency: string;
  our_description: string | null;
  our_minor: bigint | null;
  their_kind: InvoiceKind | null;
  doc_number: string | null;
  their_description: string | null;
  their_minor: bigint | null;
  paired_by: PairedBy | null;
}

export interface ShadowRunStore {
  newest(scope: Scope): Promise<ShadowRunRow[]>;
  get(scope: Scope, id: string): Promise<ShadowRunRow | undefined>;
  lines(scope: Scope, query: Place & { id: string; outcome?: ShadowOutcome | undefined }): Promise<ShadowLineRow[]>;
  all(scope: Scope, id: string): Promise<ShadowLineRow[]>;
  /** Who customers are in a company of QuickBooks, those who are there no more aside. */
  links(scope: Scope, realmId: string): Promise<LinkedCustomer[]>;
}

// Older ones are kept, and found by their address.
const shownRuns = sql`limit 50`;

const runColumns = sql`id, period, dated_from, dated_to, result, created_at`;
const lineColumns = sql`lpad(position::text, 10, '0') as place, outcome, customer_id, customer_name, currency, our_description,
  our_minor, their_kind, doc_number, their_description, their_minor, paired_by`;

export const shadowRunStore = (database: TenantDatabase): ShadowRunStore => ({
  newest: (scope) =>
    database.read(
      scope,
      sql<ShadowRunRow>`select ${runColumns} from billing.shadow_runs order by created_at desc, id desc ${shownRuns}`,
    ),
  get: async (scope, id) =>
    (await database.read(scope, sql<ShadowRunRow>`select ${runColumns} from billing.shadow_runs where id = ${id}`))[0],
  lines: (scope, { after, limit, id, outcome }) => {
    const ofOutcome = outcome === undefined ? sql`` : sql` and outcome = ${outcome}`;
    const later = after ? sql` and lpad(position::text, 10, '0') > ${after[0]}` : sql``;
    return database.read(
      scope,
      sql<ShadowLineRow>`select ${lineColumns} from billing.shadow_lines where shadow_run_id = ${id}${ofOutcome}${later}
        order by position ${pageRows(limit)}`,
    );
  },
  all: (scope, id) =>
    database.read(
      scope,
      sql<ShadowLineRow>`select ${lineColumns} from billing.shadow_lines where shadow_run_id = ${id} order by position`,
    ),
  links: (scope, realmId) =>
    database.read(
      scope,
      sql<LinkedCustomer>`
        select c.id as "customerId", c.name as "customerName", l.remote_id as "quickBooksId"
        from billing.links l join billing.customers c on c.tenant_id = l.tenant_id and c.id = l.customer_id
        where l.realm_id = ${realmId} and l.kind = 'customer' and l.remote_id is not null and l.gone_at is null
        order by c.name, c.id, l.remote_id`,
    ),
});

export interface KeptRun {
  period: string;
  datedFrom: string;
  datedTo: string;
  realmId: string;
  memberId: string;
  at: Date;
  result: ShadowResult;
  lines: readonly ComparedLine[];
}

export const insertShadowRun = async (
  transaction: Transaction,
  scope: Scope,
  { period, datedFrom, datedTo, realmId, memberId, at, result, lines }: KeptRun,
): Promise<ShadowRunRow> => {
  const run = await transaction.one(sql<ShadowRunRow>`
    insert into billing.shadow_runs (tenant_id, period, dated_from, dated_to, realm_id, started_by, result, created_at)
    values (${scope.tenantId}, ${period}, ${datedFrom}, ${datedTo}, ${realmId}, ${memberId}, ${jsonValue(result)}::jsonb,
      ${at.toISOString()})
    returning ${runColumns}`);
  const rows = lines.map(({ outcome, customerId, customerName, currency, ours, theirs, pairedBy }, position) => ({
    position,
    outcome,
    customer_id: customerId,
    customer_name: customerName,
    currency,
    our_description: ours?.description ?? null,
    our_minor: ours?.minor.toString() ?? null,
    quickbooks_id: theirs?.quickBooksId ?? null,
    doc_number: theirs?.docNumber ?? null,
    their_description: theirs ? [theirs.item, theirs.description].filter(Boolean).join(': ') : null,
    their_minor: theirs?.minor.toString() ?? null,
    paired_by: pairedBy,
    their_kind: theirs?.kind ?? null,
  }));
  await transaction.change(sql`
    insert into billing.shadow_lines (tenant_id, shadow_run_id, position, outcome, customer_id, customer_name, currency,
      our_description, our_minor, quickbooks_id, doc_number, their_description, their_minor, paired_by, their_kind)
    select ${scope.tenantId}::uuid, ${run.id}::uuid, r.*
    from jsonb_to_recordset(${jsonValue(rows)}::jsonb) r (position integer, outcome text, customer_id uuid, customer_name text,
      currency text, our_description text, our_minor bigint, quickbooks_id text, doc_number text, their_description text,
      their_minor bigint, paired_by text, their_kind text)`);
  return run;
};
