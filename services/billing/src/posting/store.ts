import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { ConnectionState } from '../contract.ts';
import type { Lapse } from '../invoice/lapsed-approval.ts';
import { sendBack } from '../invoice/send-back.ts';
import type { Needs } from '../link/needs.ts';
import { inDoubtSeconds } from './in-doubt.ts';
import type { OutgoingSale } from '../quickbooks/sale.ts';
import { settleForeign } from '../book-entry/settle-foreign.ts';
import { settleNeeds, tellNeeds } from '../link/tell-needs.ts';
import { postedLines, type PostedLine } from './posted-lines.ts';
import { auditPosted } from './audit-settled.ts';
import type { ClaimedPosting } from './claimed-posting.ts';

export interface PostingStore {
  /** Open postings that are due, of active tenants with an account to post to, some of each; none of the busy tenants. */
  due(busy: readonly string[]): Promise<{ id: string; tenantId: string }[]>;
  /** Takes one for `leaseSeconds`; undefined when somebody else has it or it is settled. */
  claim(scope: Scope, id: string, leaseSeconds: number): Promise<ClaimedPosting | undefined>;
  /** Keeps a claim for `leaseSeconds` more; false when it has ended or another one has come after. */
  hold(scope: Scope, posting: ClaimedPosting, leaseSeconds: number): Promise<boolean>;
  lines(scope: Scope, invoiceId: string): Promise<PostedLine[]>;
  /** Before the invoice is on its way, as it goes. False when another claim has come after: then it must not go. */
  markSent(scope: Scope, posting: ClaimedPosting, outgoing: OutgoingSale): Promise<boolean>;
  /** Ends or postpones a claimed posting, and its invoice with it; false when another claim has come after. */
  settle(scope: Scope, posting: ClaimedPosting, outcome: PostingOutcome): Promise<boolean>;
}

export type PostingOutcome =
  | {
      state: 'posted';
      quickBooksId: string;
      syncToken: string;
      code: string | null;
      detail: string | null;
      pausesPosting: boolean;
    }
  /** `refused` when QuickBooks has certainly not written it; `needs` where it waits for what a person has to say, `lapse` where for an approval. */
  | { state: 'failed'; code: string; detail: string; refused: boolean; needs?: Needs; lapse?: Lapse }
  | { state: 'posting' | 'in-doubt'; code: string; detail: string; retryInSeconds: number; refused?: boolean };

const columns = sql`
  p.id, p.invoice_id, i.kind, p.generation, p.state, p.request_id, p.doc_number, p.realm_id, p.attempts + 1 as attempt,
  (select array_agg(distinct e.doc_number) from billing.postings e
    where e.tenant_id = p.tenant_id and e.invoice_id = p.invoice_id and e.state <> 'voided') as doc_numbers,
  (select coalesce(array_agg(e.remote_id), '{}') from billing.postings e
    where e.tenant_id = p.tenant_id and e.invoice_id = p.invoice_id and e.realm_id = p.realm_id and e.state = 'voided') as void_ids,
  (select coalesce(jsonb_agg(distinct jsonb_build_object('realmId', e.realm_id, 'name', e.realm_name)), '[]')
    from billing.postings e
    where e.tenant_id = p.tenant_id and e.invoice_id = p.invoice_id and e.sent_at is not null and e.state <> 'voided') as sent_to,
  case when p.sent_at is not null then p.outgoing end as outgoing,
  case when p.claimed_until is null or p.sent_at is null then 0 else greatest(0, ceil(extract(epoch from
    p.sent_at + make_interval(secs => ${inDoubtSeconds}::integer) - now())))::integer end as wait_seconds,
  (select coalesce(jsonb_agg(distinct jsonb_build_object('customerId', e.outgoing ->> 'customerId', 'date', e.outgoing ->> 'date')),
      '[]') from billing.postings e
    where e.tenant_id = p.tenant_id and e.invoice_id = p.invoice_id and e.sent_at is not null and e.outgoing is not null
      and e.state <> 'voided') as sent_as,
  i.customer_id, c.name as customer_name, i.period_start, i.period_end, i.currency, i.total_minor`;

const tenantsAtOnce = 20;
const postingsOfTenant = 20;

const update = ({ id, attempt }: ClaimedPosting, outcome: PostingOutcome) => {
  const { state, code, detail } = outcome;
  const claimed = sql`where id = ${id} and attempts = ${attempt} and state in ('posting', 'in-doubt')`;
  const common = sql`update billing.postings set state = ${state}, code = ${code}, detail = ${detail}, claimed_until = null`;
  if (state === 'posted')
    return sql`${common}, remote_id = ${outcome.quickBooksId}, remote_sync_token = ${outcome.syncToken} ${claimed}`;
  const unsent = outcome.refused === true ? sql`, sent_at = null` : sql``;
  if (state === 'failed') return sql`${common}${unsent} ${claimed}`;
  return sql`${common}${unsent}, next_attempt_at = now() + make_interval(secs => ${outcome.retryInSeconds}::integer)
    ${claimed}`;
};

export const postingStore = (database: TenantDatabase, platform: PlatformDatabase): PostingStore => ({
  due: (busy) =>
    platform.read(
      'postings',
      sql<{ id: string; tenantId: string }>`
        select d.id, d.tenant_id as "tenantId" from (
          select p.id, p.tenant_id, p.next_attempt_at,
            row_number() over (partition by p.tenant_id order by p.next_attempt_at, p.id) as place,
            min(p.next_attempt_at) over (partition by p.tenant_id) as oldest
          from billing.postings p
            join app.tenants t on t.id = p.tenant_id and t.state = 'active'
            join billing.connections c on c.tenant_id = p.tenant_id and c.vendor = 'quickbooks' and c.state = 'connected'
          where p.state in ('posting', 'in-doubt') and p.next_attempt_at <= now()
            and (p.claimed_until is null or p.claimed_until <= now()) and p.tenant_id <> all (${busy}::uuid[])
        ) d where d.place <= ${postingsOfTenant}
        order by d.oldest, d.tenant_id, d.place limit ${tenantsAtOnce * postingsOfTenant}`,
    ),
  claim: (scope, id, leaseSeconds) =>
    database.write(scope, async (transaction) => {
      const claimed = await transaction.row(sql<ClaimedPosting>`
        select ${columns} from billing.postings p
          join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
          join billing.customers c on c.tenant_id = i.tenant_id and c.id = i.customer_id
        where p.id = ${id} and p.state in ('posting', 'in-doubt') and p.next_attempt_at <= now()
          and (p.claimed_until is null or p.claimed_until <= now())
          and exists (select from billing.connections x where x.vendor = 'quickbooks' and x.state = 'connected')
        for update of p skip locked`);
      if (claimed)
        await transaction.change(sql`
          update billing.postings set attempts = attempts + 1,
            claimed_until = now() + make_interval(secs => ${leaseSeconds}::integer) where id = ${id}`);
      return claimed;
    }),
  hold: (scope, { id, attempt }, leaseSeconds) =>
    database.write(
      scope,
      async (transaction) =>
        (await transaction.change(sql`
          update billing.postings set claimed_until = now() + make_interval(secs => ${leaseSeconds}::integer)
          where id = ${id} and attempts = ${attempt} and claimed_until > now()`)) === 1,
    ),
  lines: (scope, invoiceId) => database.read(scope, postedLines(invoiceId)),
  markSent: (scope, { id, attempt }, outgoing) =>
    database.write(
      scope,
      async (transaction) =>
        (await transaction.change(sql`
          update billing.postings set sent_at = now(), outgoing = ${jsonValue(outgoing)}::jsonb
          where id = ${id} and attempts = ${attempt} and claimed_until > now()`)) === 1,
    ),
  settle: (scope, posting, outcome) =>
    database.write(scope, async (transaction) => {
      const { realm_id: realmId, customer_id: customerId, invoice_id: id, currency, total_minor: totalMinor } = posting;
      if ((await transaction.change(update(posting, outcome))) === 0) return false;
      if (outcome.state === 'failed' && outcome.lapse) {
        await sendBack(transaction, scope, { invoiceId: id, lapse: outcome.lapse });
        return true;
      }
      await transaction.change(
        sql`update billing.invoices set status = ${outcome.state} where id = ${posting.invoice_id} and status <> ${outcome.state}`,
      );
      if (outcome.state === 'failed' && outcome.needs)
        await tellNeeds(
          transaction,
          scope,
          { realmId, invoice: { id, customerId, currency, totalMinor } },
          outcome.needs,
        );
      if (outcome.state !== 'posted') return true;
      await settleNeeds(transaction, { realmId, customerId, invoiceId: id });
      await settleForeign(transaction, realmId, outcome.quickBooksId);
      const paused = outcome.pausesPosting
        ? await transaction.row(sql<{ id: string; failure: string | null }>`
            update billing.connections set state = 'paused', failure = ${outcome.detail}
            where vendor = 'quickbooks' and account = ${posting.realm_id} and state = 'connected' returning id, failure`)
        : undefined;
      await auditPosted(transaction, scope, posting, paused);
      return true;
    }),
});

/** The next number of a dense series of the tenant; the row lock makes two at once wait for each other. */
export const nextNumber = async (transaction: Transaction, scope: Scope, name: string): Promise<bigint> => {
  const row = await transaction.one(sql<{ value: bigint }>`
    insert into billing.counters as c (tenant_id, name, value) values (${scope.tenantId}, ${name}, 1)
    on conflict (tenant_id, name) do update set value = c.value + 1 returning value`);
  return row.value;
};

export const insertPosting = (
  transaction: Transaction,
  scope: Scope,
  posting: { invoiceId: string; generation: number; requestId: string; docNumber: string; account: ConnectedAccount },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.postings (tenant_id, invoice_id, generation, request_id, doc_number, realm_id, realm_name)
    values (${scope.tenantId}, ${posting.invoiceId}, ${posting.generation}, ${posting.requestId}, ${posting.docNumber},
      ${posting.account.realmId}, ${posting.account.name})`);

/** The account that is connected, whether it is posted to or not. */
export interface ConnectedAccount {
  realmId: string;
  name: string;
  state: ConnectionState;
  /** Why nothing is posted to it. */
  failure: string | null;
}

export const connectedAccount = (transaction: Transaction): Promise<ConnectedAccount | undefined> =>
  transaction.row(
    sql<ConnectedAccount>`
      select account as "realmId", coalesce(account_name, '') as name, state, failure
      from billing.connections where vendor = 'quickbooks'`,
  );
