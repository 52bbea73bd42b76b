import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { accountChanged } from '../superops-connection/account-changed.ts';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';

/** What is asked for under a key of its caller's, in one account; the same again is the same write. */
export interface Asked {
  account: SuperOpsAccount;
  key: string;
  fingerprint: string;
}

/** `made`: it is there already. `retry`: an attempt before this one may have arrived. */
export type Begun = { state: 'made'; remoteId: string } | { state: 'first' | 'retry' };

export interface WriteStore {
  /**
   * Throws idempotency.reused, idempotency.in-flight while another attempt may be under way, and account.changed where the key was
   * used for this in another account, which may have it.
   */
  begin(scope: Scope, asked: Asked): Promise<Begun>;
  /** In one transaction with what is written down of it, once. */
  made(scope: Scope, key: string, remoteId: string, also: (transaction: Transaction) => Promise<void>): Promise<void>;
  /** Nothing was made: the key is as if it had never been used. */
  undo(scope: Scope, key: string): Promise<void>;
  /** It may have arrived: the next attempt need not wait. */
  letGo(scope: Scope, key: string): Promise<void>;
}

/** Longer than all that an attempt may take. */
const holdSeconds = 120;

interface Row {
  fingerprint: string;
  remote_id: string | null;
  is_held: boolean;
}

const nameOf = ({ region, subdomain }: SuperOpsAccount): string => `${region}/${subdomain}`;

/** Throws where the row under a key is not of what is asked for. */
const requireSame = (kept: string, { account, fingerprint }: Asked): void => {
  const [name, of] = kept.includes(' ') ? kept.split(' ') : [nameOf(account), kept];
  if (of !== fingerprint) throw problem('idempotency.reused');
  const [region, subdomain = ''] = (name ?? '').split('/');
  if (name !== nameOf(account)) throw accountChanged({ region: region === 'eu' ? 'eu' : 'us', subdomain });
};

export const writeStore = (database: TenantDatabase): WriteStore => ({
  begin: (scope, asked) =>
    database.write(scope, async (transaction) => {
      const { key } = asked;
      // One of an older release has no account before it, and is taken for one of the account that is connected.
      const fingerprint = `${nameOf(asked.account)} ${asked.fingerprint}`;
      const isFirst = await transaction.row(sql`
        insert into portal.superops_writes (tenant_id, key, fingerprint, held_until)
        values (${scope.tenantId}, ${key}, ${fingerprint}, now() + make_interval(secs => ${holdSeconds}::integer))
        on conflict (tenant_id, key) do nothing returning key`);
      if (isFirst) return { state: 'first' };
      const row = await transaction.one(sql<Row>`
        select fingerprint, remote_id, held_until > now() as is_held
        from portal.superops_writes where key = ${key} for update`);
      requireSame(row.fingerprint, asked);
      if (row.remote_id !== null) return { state: 'made', remoteId: row.remote_id };
      if (row.is_held) throw problem('idempotency.in-flight', { headers: { 'retry-after': '1' } });
      await transaction.change(sql`
        update portal.superops_writes set held_until = now() + make_interval(secs => ${holdSeconds}::integer)
        where key = ${key}`);
      return { state: 'retry' };
    }),
  made: (scope, key, remoteId, also) =>
    database.write(scope, async (transaction) => {
      const isNew = await transaction.row(sql`
        update portal.superops_writes set remote_id = ${remoteId} where key = ${key} and remote_id is null returning key`);
      if (isNew) await also(transaction);
    }),
  undo: (scope, key) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`delete from portal.superops_writes where key = ${key} and remote_id is null`);
    }),
  letGo: (scope, key) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`update portal.superops_writes set held_until = now() where key = ${key}`);
    }),
});
