import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { inDoubtSeconds } from '../posting/in-doubt.ts';
import type { VendorName } from '../vault/vendor-vault.ts';
import type { ConnectionRow } from './connection-row.ts';

export interface ConnectionStore {
  all(scope: Scope): Promise<ConnectionRow[]>;
  connected(scope: Scope, vendor: VendorName, account: string, detail: string): Promise<ConnectionRow>;
  /** Nothing happens where another account, or none, is connected by now. */
  needsReconnect(scope: Scope, refused: { vendor: VendorName; account: string; detail: string }): Promise<void>;
}

const columns = sql`id, vendor, state, account, detail, version, updated_at`;

export const connectionStore = (database: TenantDatabase): ConnectionStore => ({
  all: (scope) => database.read(scope, sql<ConnectionRow>`select ${columns} from billing.connections order by vendor`),
  connected: (scope, vendor, account, detail) =>
    database.write(scope, async (transaction) => {
      const row = await transaction.row(sql<ConnectionRow>`
        insert into billing.connections (tenant_id, vendor, state, account, detail)
        values (${scope.tenantId}, ${vendor}, 'connected', ${account}, ${detail})
        on conflict (tenant_id, vendor) do update set state = 'connected', account = excluded.account, detail = excluded.detail
        returning ${columns}`);
      if (!row) throw new Error('The connection was not returned');
      // Postings that waited for a person to connect again need wait no longer; one that is in doubt until it can be found.
      if (vendor === 'quickbooks')
        await transaction.change(sql`
          update billing.postings
          set next_attempt_at = greatest(now(), coalesce(sent_at, '-infinity') + make_interval(secs => ${inDoubtSeconds}::integer))
          where state in ('posting', 'in-doubt') and next_attempt_at > now()`);
      return row;
    }),
  needsReconnect: (scope, { vendor, account, detail }) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update billing.connections set state = 'reconnect', detail = ${detail}
        where vendor = ${vendor} and account = ${account} and state <> 'reconnect'`);
    }),
});
