import { asNobody, auditBy, type ActingScope } from '@legendops/kit/audit/audit';
import { differences, removed } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { inDoubtSeconds } from '../posting/in-doubt.ts';
import type { Vendor } from '../contract.ts';
import { vendors, type AccountKind } from './vendors.ts';
import { connectionColumns, type ConnectionRow } from './connection-row.ts';

/** What an account is known by in the world: each belongs to one tenant. */
export interface Claim {
  kind: AccountKind;
  accounts: readonly string[];
}

export interface Link {
  vendor: Vendor;
  account: string;
  /** What the vendor calls the account; null where it does not say. */
  accountName: string | null;
  claims: readonly Claim[];
}

interface Stopped {
  vendor: Vendor;
  account: string;
  failure: string;
}

export interface ConnectionStore {
  all(scope: Scope): Promise<ConnectionRow[]>;
  /** The account that is connected, in whatever state. */
  account(scope: Scope, vendor: Vendor): Promise<string | undefined>;
  /** Makes the accounts this tenant's; those that were not before. Throws connection.account-taken. */
  claim(scope: Scope, claims: readonly Claim[]): Promise<Claim[]>;
  /** Gives back what was claimed for a connection that did not come about. */
  release(scope: Scope, claims: readonly Claim[]): Promise<void>;
  /** Connects what is claimed, and gives up what was claimed for another account of that vendor. */
  connected(scope: ActingScope<'connection.made'>, link: Link): Promise<ConnectionRow>;
  /** Gives the account up. False when none was connected. */
  disconnect(scope: ActingScope<'connection.removed'>, vendor: Vendor): Promise<boolean>;
  /** The vendor no longer takes it. Nothing happens where another account, or none, is connected by now. */
  needsReconnect(scope: Scope, refused: Stopped): Promise<void>;
  /** Nothing is asked of it until a person has put it right and connected it anew. Nothing happens as above. */
  pause(scope: Scope, paused: Stopped): Promise<void>;
}

// Postings that waited for a person to connect again need wait no longer; one that is in doubt until it can be found.
const hurryPostings = sql`
  update billing.postings
  set next_attempt_at = greatest(now(), coalesce(sent_at, '-infinity') + make_interval(secs => ${inDoubtSeconds}::integer))
  where state in ('posting', 'in-doubt') and next_attempt_at > now()`;

/** What waits for a vendor's connection and need wait no longer once it is made. */
const onceConnected: Record<Vendor, Sql | undefined> = { pax8: undefined, quickbooks: hurryPostings };

const connectedNow = (transaction: Transaction, vendor: Vendor): Promise<ConnectionRow | undefined> =>
  transaction.row(
    sql<ConnectionRow>`select ${connectionColumns} from billing.connections where vendor = ${vendor} for update`,
  );

const subjectOf = ({ id, vendor }: ConnectionRow) => ({ type: 'connection', id, name: vendors[vendor].name });

const toldOf = (row: ConnectionRow | undefined) => ({ account: row?.account ?? null, state: row?.state ?? null });

const stop = (
  database: TenantDatabase,
  scope: Scope,
  { vendor, account, failure, to }: Stopped & { to: 'reconnect' | 'paused' },
): Promise<void> =>
  database.write(scope, async (transaction) => {
    // What has to be made anew is more than paused.
    const stopped = await transaction.row(sql<ConnectionRow>`
      update billing.connections set state = ${to}, failure = ${failure}
      where vendor = ${vendor} and account = ${account} and state <> ${to} and state <> 'reconnect'
      returning ${connectionColumns}`);
    if (stopped)
      await auditBy<'connection.refused' | 'connection.paused'>({
        ...scope,
        author: asNobody('vendor', vendors[vendor].name),
      })(transaction, {
        act: to === 'reconnect' ? 'connection.refused' : 'connection.paused',
        subject: subjectOf(stopped),
        changes: [{ field: 'failure', before: null, after: failure }],
      });
  });

const orTaken = (error: unknown): never => {
  if (constraintOf(error) === 'vendor_accounts_one_tenant')
    throw problem('connection.account-taken', {
      detail: 'Another organisation gives it up first; ask LegendOps support where you do not know which',
    });
  throw error;
};

export const connectionStore = (database: TenantDatabase): ConnectionStore => ({
  all: (scope) =>
    database.read(scope, sql<ConnectionRow>`select ${connectionColumns} from billing.connections order by vendor`),
  account: async (scope, vendor) =>
    (
      await database.read(
        scope,
        sql<{ account: string }>`select account from billing.connections where vendor = ${vendor}`,
      )
    )[0]?.account,
  claim: (scope, claims) =>
    database
      .write(scope, async (transaction) => {
        const added: Claim[] = [];
        for (const { kind, accounts } of claims) {
          const row = await transaction.row(sql<{ accounts: string[] }>`
            select billing.claim_accounts(${kind}, ${accounts}) as accounts`);
          added.push({ kind, accounts: row?.accounts ?? [] });
        }
        return added;
      })
      .catch(orTaken),
  release: (scope, claims) =>
    database.write(scope, async (transaction) => {
      for (const { kind, accounts } of claims)
        await transaction.change(sql`
          delete from billing.vendor_accounts where vendor = ${kind} and account = any (${accounts}::text[])`);
    }),
  connected: (scope, { vendor, account, accountName, claims }) =>
    database.write(scope, async (transaction) => {
      const before = await connectedNow(transaction, vendor);
      const row = await transaction.one(sql<ConnectionRow>`
        insert into billing.connections (tenant_id, vendor, state, account, account_name)
        values (${scope.tenantId}, ${vendor}, 'connected', ${account}, ${accountName})
        on conflict (tenant_id, vendor) do update set state = 'connected', account = excluded.account,
          account_name = excluded.account_name, failure = null
        returning ${connectionColumns}`);
      const changes = differences(toldOf(before), toldOf(row), ['account', 'state']);
      await scope.audit(transaction, { act: 'connection.made', subject: subjectOf(row), changes });
      for (const { kind, accounts } of claims)
        await transaction.change(sql`
          delete from billing.vendor_accounts where vendor = ${kind} and account <> all (${accounts}::text[])`);
      const waiting = onceConnected[vendor];
      if (waiting) await transaction.change(waiting);
      return row;
    }),
  disconnect: (scope, vendor) =>
    database.write(scope, async (transaction) => {
      const gone = await connectedNow(transaction, vendor);
      await transaction.change(sql`delete from billing.connections where vendor = ${vendor}`);
      await transaction.change(
        sql`delete from billing.vendor_accounts where vendor = any (${vendors[vendor].accountKinds})`,
      );
      if (gone) {
        const changes = removed(toldOf(gone));
        await scope.audit(transaction, { act: 'connection.removed', subject: subjectOf(gone), changes });
      }
      return gone !== undefined;
    }),
  needsReconnect: (scope, refused) => stop(database, scope, { ...refused, to: 'reconnect' }),
  pause: (scope, paused) => stop(database, scope, { ...paused, to: 'paused' }),
});
