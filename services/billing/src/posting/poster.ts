import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import type { Log } from '@legendops/kit/log/logger';
import { tenantLanes, type TenantLanes } from '../background/tenant-lanes.ts';
import { claimSeconds, whileHeld } from '../background/while-held.ts';
import { creditedAmount, postedAmount } from '../figures/billing-metrics.ts';
import type { StandingApproval } from '../invoice/lapsed-approval.ts';
import type { KnownLinks } from '../link/known-links.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { localDate } from '../rating/period.ts';
import type { SecondBiller } from '../second-biller/second-biller.ts';
import type { ClaimedPosting } from './claimed-posting.ts';
import { postOne } from './post-one.ts';
import type { PostingStore } from './store.ts';

export type Poster = TenantLanes;

const attemptMs = 240_000;

const count = ({ currency, total_minor: totalMinor }: ClaimedPosting): void => {
  if (totalMinor > 0n) postedAmount.inc({ currency }, Number(totalMinor));
  else creditedAmount.inc({ currency }, Number(-totalMinor));
};

/** Posts what is asked for. An attempt holds its claim while it lives, so two processes never work on one posting. */
export const poster = ({
  store,
  links,
  accounts,
  approval,
  secondBiller,
  registry,
  log,
  now = () => new Date(),
}: {
  store: PostingStore;
  links: KnownLinks;
  accounts: TenantAccounts;
  approval: StandingApproval;
  secondBiller: SecondBiller;
  registry: Pick<TenantRegistry, 'find'>;
  log: Log;
  now?: () => Date;
}): Poster => {
  const attempt = async (tenantId: string, id: string): Promise<void> => {
    const scope = { tenantId };
    const posting = await store.claim(scope, id, claimSeconds);
    if (!posting) return;
    const outcome = await whileHeld(
      { renew: () => store.hold(scope, posting, claimSeconds), mostMs: attemptMs },
      async (signal) => {
        // The posting day is the provider's own: late in the evening it is tomorrow elsewhere.
        const today = localDate(now(), (await registry.find(tenantId))?.timeZone ?? 'UTC');
        return postOne({ store, links, accounts, approval, secondBiller, today }, scope, posting, signal);
      },
    );
    const settled = await store.settle(scope, posting, outcome);
    const { state, code } = outcome;
    if (settled && state === 'posted') count(posting);
    log.info({ posting: id, docNumber: posting.doc_number, state, code, settled }, 'posting');
  };
  return tenantLanes({ name: 'posting', due: (busy) => store.due(busy), attempt, log });
};
