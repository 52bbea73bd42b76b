import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { setVoided } from './set-voided.ts';

/** A void that this process may work on. */
export interface ClaimedVoiding {
  id: string;
  invoice_id: string;
  posting_id: string;
  /** Names the claim: a later one makes this one's outcome void. */
  attempt: number;
  realm_id: string;
  remote_id: string;
  doc_number: string;
  currency: string;
  total_minor: bigint;
  reason: string;
  bills_anew: boolean;
  asked_by: string;
}

export type VoidingOutcome =
  | { state: 'voided' }
  /** It stays as it is; a person may ask for it once more. */
  | { state: 'failed'; code: string; detail: string }
  | { state: 'voiding'; code: string; detail: string; retryInSeconds: number };

export interface VoidingStore {
  due(busy: readonly string[]): Promise<{ id: string; tenantId: string }[]>;
  claim(scope: Scope, id: string, seconds: number): Promise<ClaimedVoiding | undefined>;
  hold(scope: Scope, voiding: ClaimedVoiding, seconds: number): Promise<boolean>;
  /** Ends or postpones it, and its invoice with it; false when another claim has come after. */
  settle(scope: Scope, voiding: ClaimedVoiding, outcome: VoidingOutcome, now: Date): Promise<boolean>;
}

const atOnce = 400;

const isFree = sql`v.state = 'voiding' and v.next_attempt_at <= now() and (v.claimed_until is null or v.claimed_until <= now())`;

export const voidingStore = (database: TenantDatabase, platform: PlatformDatabase): VoidingStore => ({
  due: (busy) =>
    platform.read(
      'voidings',
      sql<{ id: string; tenantId: string }>`
        select v.id, v.tenant_id as "tenantId" from billing.voidings v
          join app.tenants t on t.id = v.tenant_id and t.state = 'active'
          join billing.connections c on c.tenant_id = v.tenant_id and c.vendor = 'quickbooks' and c.state = 'connected'
        where ${isFree} and v.tenant_id <> all (${busy}::uuid[])
        order by v.next_attempt_at, v.id limit ${atOnce}`,
    ),
  claim: (scope, id, seconds) =>
    database.write(scope, async (transaction) => {
      const claimed = await transaction.row(sql<ClaimedVoiding>`
        select v.id, v.invoice_id, v.posting_id, v.attempts + 1 as attempt, p.realm_id, p.remote_id, p.doc_number, i.currency,
          i.total_minor, v.reason, v.bills_anew, v.asked_by
        from billing.voidings v
          join billing.postings p on p.tenant_id = v.tenant_id and p.id = v.posting_id
          join billing.invoices i on i.tenant_id = v.tenant_id and i.id = v.invoice_id
        where v.id = ${id} and ${isFree} for update of v skip locked`);
      if (claimed)
        await transaction.change(sql`
          update billing.voidings set attempts = attempts + 1,
            claimed_until = now() + make_interval(secs => ${seconds}::integer) where id = ${id}`);
      return claimed;
    }),
  hold: (scope, { id, attempt }, seconds) =>
    database.write(
      scope,
      async (transaction) =>
        (await transaction.change(sql`
          update billing.voidings set claimed_until = now() + make_interval(secs => ${seconds}::integer)
          where id = ${id} and attempts = ${attempt} and claimed_until > now()`)) === 1,
    ),
  settle: (scope, voiding, outcome, now) =>
    database.write(scope, async (transaction) => {
      const { id, attempt } = voiding;
      const told = outcome.state === 'voided' ? { code: null, detail: null } : outcome;
      const wait = outcome.state === 'voiding' ? outcome.retryInSeconds : 0;
      const changed = await transaction.change(sql`
        update billing.voidings set state = ${outcome.state}, code = ${told.code}, detail = ${told.detail}, claimed_until = null,
          next_attempt_at = now() + make_interval(secs => ${wait}::integer)
        where id = ${id} and attempts = ${attempt} and state = 'voiding'`);
      if (changed === 0) return false;
      if (outcome.state === 'voided')
        await setVoided(transaction, scope, {
          invoiceId: voiding.invoice_id,
          postingId: voiding.posting_id,
          why: voiding.reason,
          billsAnew: voiding.bills_anew,
          memberId: voiding.asked_by,
          now,
        });
      return true;
    }),
});
