import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { postedColumns, type PostedSale } from '../book-entry/entry-row.ts';
import { setVoided } from './set-voided.ts';
import { tellFailedVoid } from './tell-failed.ts';

/** A void that this process may work on, and what was posted. */
export interface ClaimedVoiding extends PostedSale {
  id: string;
  /** Names the claim: a later one makes this one's outcome void. */
  attempt: number;
  realm_id: string;
  reason: string;
  bills_anew: boolean;
  asked_by: string;
  /** What of it a person has accepted as it is in QuickBooks. */
  accepted: string | null;
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

// A person may have settled meanwhile what became of its document: then nothing is left to do.
const isPosted = async (transaction: Transaction, { postingId }: PostedSale): Promise<boolean> =>
  (await transaction.row(sql`select from billing.postings where id = ${postingId} and state = 'posted' for update`)) !==
  undefined;

const settledOtherwise = {
  state: 'failed',
  code: 'settled-otherwise',
  detail: 'It was settled otherwise meanwhile',
} as const satisfies VoidingOutcome;

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
        select v.id, v.attempts + 1 as attempt, p.realm_id, v.reason, v.bills_anew, v.asked_by, ${postedColumns},
          (select b.accepted from billing.book_entries b where b.tenant_id = p.tenant_id and b.posting_id = p.id) as accepted
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
  settle: (scope, voiding, asked, now) =>
    database.write(scope, async (transaction) => {
      const { id, attempt } = voiding;
      const held = await transaction.row(sql`
        select from billing.voidings where id = ${id} and attempts = ${attempt} and state = 'voiding' for update`);
      if (held === undefined) return false;
      const outcome = asked.state !== 'voided' || (await isPosted(transaction, voiding)) ? asked : settledOtherwise;
      const told = outcome.state === 'voided' ? { code: null, detail: null } : outcome;
      const wait = outcome.state === 'voiding' ? outcome.retryInSeconds : 0;
      await transaction.change(sql`
        update billing.voidings set state = ${outcome.state}, code = ${told.code}, detail = ${told.detail}, claimed_until = null,
          next_attempt_at = now() + make_interval(secs => ${wait}::integer)
        where id = ${id}`);
      if (outcome.state === 'failed' && outcome !== settledOtherwise)
        await tellFailedVoid(transaction, scope, { invoiceId: voiding.invoiceId, ...outcome });
      if (outcome.state === 'voided')
        await setVoided(transaction, scope, {
          invoiceId: voiding.invoiceId,
          postingId: voiding.postingId,
          why: voiding.reason,
          billsAnew: voiding.bills_anew,
          memberId: voiding.asked_by,
          now,
        });
      return true;
    }),
});
