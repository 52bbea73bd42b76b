import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';

/** A posting that this process may work on until its next attempt is due again. */
export interface ClaimedPosting {
  id: string;
  invoice_id: string;
  state: 'posting' | 'in-doubt';
  request_id: string;
  doc_number: string;
  realm_id: string;
  attempts: number;
  customer_id: string;
  customer_name: string;
  period_start: string;
  period_end: string;
  currency: string;
  total_minor: bigint;
}

export interface PostingStore {
  /** Open postings that are due, of all active tenants. */
  due(limit: number): Promise<{ id: string; tenantId: string }[]>;
  /** Takes one for `leaseSeconds`; undefined when somebody else has it or it is settled. */
  claim(scope: Scope, id: string, leaseSeconds: number): Promise<ClaimedPosting | undefined>;
  lines(scope: Scope, invoiceId: string): Promise<{ description: string; amount_minor: bigint }[]>;
  remoteCustomer(scope: Scope, customerId: string, realmId: string): Promise<string | undefined>;
  rememberCustomer(scope: Scope, customerId: string, realmId: string, remoteId: string): Promise<void>;
  /** Ends or postpones a claimed posting; the invoice follows in the same transaction. */
  settle(scope: Scope, posting: ClaimedPosting, outcome: PostingOutcome): Promise<void>;
}

export type PostingOutcome =
  | { state: 'posted'; remoteId: string; syncToken: string; code: string | null; detail: string | null }
  | { state: 'failed'; code: string; detail: string }
  | { state: 'posting' | 'in-doubt'; code: string; detail: string; retryInSeconds: number };

const columns = sql`
  p.id, p.invoice_id, p.state, p.request_id, p.doc_number, p.realm_id, p.attempts, i.customer_id, i.customer_name,
  i.period_start, i.period_end, i.currency, i.total_minor`;

const update = (posting: ClaimedPosting, outcome: PostingOutcome) => {
  if (outcome.state === 'posted') {
    return sql`update billing.postings set state = 'posted', remote_id = ${outcome.remoteId},
      remote_sync_token = ${outcome.syncToken}, code = ${outcome.code}, detail = ${outcome.detail} where id = ${posting.id}`;
  }
  const seconds = outcome.state === 'failed' ? 0 : outcome.retryInSeconds;
  return sql`update billing.postings set state = ${outcome.state}, code = ${outcome.code}, detail = ${outcome.detail},
    next_attempt_at = now() + make_interval(secs => ${seconds}::integer) where id = ${posting.id}`;
};

export const postingStore = (database: TenantDatabase, platform: PlatformDatabase): PostingStore => ({
  due: (limit) =>
    platform.read(
      'postings',
      sql<{ id: string; tenantId: string }>`
        select p.id, p.tenant_id as "tenantId" from billing.postings p join app.tenants t on t.id = p.tenant_id
        where p.state in ('posting', 'in-doubt') and p.next_attempt_at <= now() and t.state = 'active'
        order by p.next_attempt_at limit ${limit}`,
    ),
  claim: (scope, id, leaseSeconds) =>
    database.write(scope, async (transaction) => {
      const claimed = await transaction.row(sql<ClaimedPosting>`
        select ${columns} from billing.postings p join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
        where p.id = ${id} and p.state in ('posting', 'in-doubt') and p.next_attempt_at <= now() for update of p skip locked`);
      if (claimed)
        await transaction.change(sql`
          update billing.postings set attempts = attempts + 1,
            next_attempt_at = now() + make_interval(secs => ${leaseSeconds}::integer) where id = ${id}`);
      return claimed;
    }),
  lines: (scope, invoiceId) =>
    database.read(
      scope,
      sql<{ description: string; amount_minor: bigint }>`
        select description, amount_minor from billing.invoice_lines where invoice_id = ${invoiceId} order by position`,
    ),
  remoteCustomer: async (scope, customerId, realmId) =>
    (
      await database.read(
        scope,
        sql<{ remote_id: string }>`
          select remote_id from billing.quickbooks_customers where customer_id = ${customerId} and realm_id = ${realmId}`,
      )
    )[0]?.remote_id,
  rememberCustomer: (scope, customerId, realmId, remoteId) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        insert into billing.quickbooks_customers (tenant_id, customer_id, realm_id, remote_id)
        values (${scope.tenantId}, ${customerId}, ${realmId}, ${remoteId}) on conflict do nothing`);
    }),
  settle: (scope, posting, outcome) =>
    database.write(scope, async (transaction) => {
      await transaction.change(update(posting, outcome));
      await transaction.change(
        sql`update billing.invoices set status = ${outcome.state} where id = ${posting.invoice_id} and status <> ${outcome.state}`,
      );
    }),
});

/** The next number of a dense series of the tenant; the row lock makes two at once wait for each other. */
export const nextNumber = async (transaction: Transaction, scope: Scope, name: string): Promise<bigint> => {
  const row = await transaction.row(sql<{ value: bigint }>`
    insert into billing.counters as c (tenant_id, name, value) values (${scope.tenantId}, ${name}, 1)
    on conflict (tenant_id, name) do update set value = c.value + 1 returning value`);
  if (!row) throw new Error('The counter was not returned');
  return row.value;
};

export const insertPosting = (
  transaction: Transaction,
  scope: Scope,
  posting: { invoiceId: string; generation: number; requestId: string; docNumber: string; realmId: string },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.postings (tenant_id, invoice_id, generation, request_id, doc_number, realm_id)
    values (${scope.tenantId}, ${posting.invoiceId}, ${posting.generation}, ${posting.requestId}, ${posting.docNumber},
      ${posting.realmId})`);

export const connectedRealm = async (transaction: Transaction): Promise<string | undefined> =>
  (
    await transaction.row(
      sql<{
        account: string;
      }>`select account from billing.connections where vendor = 'quickbooks' and state = 'connected'`,
    )
  )?.account;
