import type { Log } from '@legendops/kit/log/logger';
import { addToContext } from '@legendops/kit/log/request-context';
import { inNewTrace } from '@legendops/kit/log/trace-context';
import { postedAmount } from '../figures/billing-metrics.ts';
import type { KnownLinks } from '../link/known-links.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { postOne } from './post-one.ts';
import type { PostingStore } from './store.ts';

export interface Poster {
  /** Begins on what is due, whosever it is; returns while that goes on. */
  round(): Promise<void>;
  /** Ends after the postings under way. */
  stop(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

// An attempt ends before its lease: two processes never work on one posting, and a crashed one's is taken up after it.
const leaseSeconds = 300;
const attemptMs = 240_000;

const lanesAtOnce = 20;
// Then the lane is somebody else's for a round: an account that hangs must not hold all lanes for an hour.
const laneMs = 60_000;

const byTenant = (due: readonly { id: string; tenantId: string }[]): Map<string, string[]> => {
  const ids = new Map<string, string[]>();
  for (const { id, tenantId } of due) ids.set(tenantId, [...(ids.get(tenantId) ?? []), id]);
  return ids;
};

/** One lane a tenant: an account that answers slowly keeps nobody else waiting. Each posting settles or is postponed on its own. */
export const poster = ({
  store,
  links,
  accounts,
  log,
  now = () => new Date(),
}: {
  store: PostingStore;
  links: KnownLinks;
  accounts: TenantAccounts;
  log: Log;
  now?: () => Date;
}): Poster => {
  const lanes = new Map<string, Promise<void>>();
  let stopping = false;

  const attempt = async (tenantId: string, id: string): Promise<void> => {
    addToContext({ tenantId });
    const scope = { tenantId };
    const posting = await store.claim(scope, id, leaseSeconds);
    if (!posting) return;
    const outcome = await postOne({ store, links, accounts, now }, scope, posting, AbortSignal.timeout(attemptMs));
    const settled = await store.settle(scope, posting, outcome);
    const { state, code } = outcome;
    if (settled && state === 'posted' && posting.total_minor > 0n)
      postedAmount.inc({ currency: posting.currency }, Number(posting.total_minor));
    log.info({ posting: id, docNumber: posting.doc_number, state, code, settled }, 'posting');
  };
  const lane = async (tenantId: string, ids: readonly string[]): Promise<void> => {
    const ends = performance.now() + laneMs;
    for (const id of ids) {
      if (stopping || performance.now() > ends) return;
      await inNewTrace(() =>
        attempt(tenantId, id).catch((error: unknown) =>
          log.error({ err: error, posting: id }, 'posting could not be settled'),
        ),
      );
    }
  };
  const idle = async (): Promise<void> => {
    await Promise.all(lanes.values());
  };
  return {
    round: async () => {
      for (const [tenantId, ids] of byTenant(await store.due([...lanes.keys()]))) {
        if (stopping || lanes.size >= lanesAtOnce) return;
        lanes.set(
          tenantId,
          lane(tenantId, ids).finally(() => lanes.delete(tenantId)),
        );
      }
    },
    stop: async () => {
      stopping = true;
      await idle();
    },
    idle,
  };
};
