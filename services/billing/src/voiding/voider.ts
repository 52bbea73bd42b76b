import type { Log } from '@legendops/kit/log/logger';
import { tenantLanes, type TenantLanes } from '../background/tenant-lanes.ts';
import { claimSeconds, whileHeld } from '../background/while-held.ts';
import type { RightsOf } from '../member/rights.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import type { VoidingStore } from './store.ts';
import { voidOne } from './void-one.ts';

const attemptMs = 240_000;

/** Voids in QuickBooks what people have asked for. */
export const voider = ({
  store,
  accounts,
  rightsOf,
  log,
  now,
}: {
  store: VoidingStore;
  accounts: TenantAccounts;
  rightsOf: RightsOf;
  log: Log;
  now: () => Date;
}): TenantLanes => {
  const attempt = async (tenantId: string, id: string): Promise<void> => {
    const scope = { tenantId };
    const voiding = await store.claim(scope, id, claimSeconds);
    if (!voiding) return;
    const outcome = await whileHeld(
      { renew: () => store.hold(scope, voiding, claimSeconds), mostMs: attemptMs },
      (signal) => voidOne({ accounts, rightsOf }, scope, voiding, signal),
    );
    const settled = await store.settle(scope, voiding, outcome, now());
    log.info({ voiding: id, docNumber: voiding.docNumber, state: outcome.state, settled }, 'voiding');
  };
  return tenantLanes({ name: 'voiding', due: (busy) => store.due(busy), attempt, log });
};
