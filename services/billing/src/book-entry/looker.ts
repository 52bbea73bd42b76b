import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { Problem } from '@legendops/kit/errors/problem';
import type { Log } from '@legendops/kit/log/logger';
import { tenantLanes, type TenantLanes } from '../background/tenant-lanes.ts';
import { claimSeconds, whileHeld } from '../background/while-held.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { lookAtChanges } from './look.ts';
import type { LookStore } from './look-store.ts';

const lookMs = 120_000;
// The net below the hints, which may never come.
const restSeconds = 6 * 3_600;
const againSeconds = 900;

/** Looks at the books of accounts where QuickBooks says that something has changed, and at all others some times a day. */
export const looker = ({
  store,
  database,
  accounts,
  log,
  now,
}: {
  store: LookStore;
  database: TenantDatabase;
  accounts: TenantAccounts;
  log: Log;
  now: () => Date;
}): TenantLanes => {
  const look = async (tenantId: string, realmId: string, signal: AbortSignal): Promise<number> => {
    const connected = await accounts.of(tenantId, signal);
    // Another account was connected meanwhile, which has a look of its own.
    if (connected.realmId !== realmId) return restSeconds;
    const scope = { tenantId };
    const counts = await lookAtChanges({
      database,
      scope,
      realmId,
      account: connected.account,
      now: now(),
      write: (work) => database.write(scope, work),
      runId: null,
    });
    log.info({ realmId, ...counts }, 'looked at the books');
    return restSeconds;
  };
  const attempt = async (tenantId: string, realmId: string): Promise<void> => {
    const scope = { tenantId };
    const claimed = await store.claim(scope, realmId, claimSeconds);
    if (!claimed) return;
    const next = await whileHeld({ renew: () => store.hold(scope, claimed, claimSeconds), mostMs: lookMs }, (signal) =>
      look(tenantId, realmId, signal),
    ).catch((error: unknown) => {
      const isTheirs = error instanceof QuickBooksError || error instanceof Problem;
      if (isTheirs) log.warn({ realmId, code: error.code, reason: error.message }, 'the books could not be looked at');
      // Looks are metered for all tenants together: what fails is not tried again at once, whatever it is.
      else log.error({ err: error, realmId }, 'a look at the books failed');
      return againSeconds;
    });
    await store.ended(scope, claimed, next);
  };
  return tenantLanes({ name: 'look', due: (busy) => store.due(busy), attempt, log });
};
