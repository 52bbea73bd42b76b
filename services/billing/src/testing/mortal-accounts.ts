import type { DatabasePool } from '@legendops/kit/db/pool';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { silentLog } from '@legendops/kit/testing/silent-log';
import type { QuickBooksOAuth } from '../quickbooks/oauth.ts';
import { tenantAccounts, type TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { tokenStore } from '../quickbooks/token-store.ts';
import { leases } from '../vendor-access/leases.ts';
import type { PostingWorld } from './posting-world.ts';

/** Accounts of another process, whose calls it may not survive. They are not spread over time. */
export const mortalAccounts = (
  t: PostingWorld,
  pool: DatabasePool,
  wrap: <Held extends object>(held: Held) => Held,
): TenantAccounts => {
  const real = tenantAccounts({
    tokens: tokenStore(t.world.vault, { log: silentLog, pauseMs: () => 1 }),
    leases: leases(serviceDatabase(pool)),
    oauth: {} as QuickBooksOAuth,
    apiUrl: t.world.quickbooks.url,
    limiter: { run: (_realm, work) => work() },
    onReconnect: async () => undefined,
  });
  return {
    ...real,
    of: async (...given) => {
      const connected = await real.of(...given);
      return { ...connected, account: wrap(connected.account), books: wrap(connected.books) };
    },
  };
};
