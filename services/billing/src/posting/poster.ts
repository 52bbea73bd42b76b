import type { Log } from '@legendops/kit/log/logger';
import { addToContext, runInContext } from '@legendops/kit/log/request-context';
import type { TenantCompanies } from '../quickbooks/tenant-companies.ts';
import { postOne } from './post-one.ts';
import type { PostingStore } from './store.ts';

// Longer than an attempt takes as a rule, so that two processes seldom work on one posting; the requestid and the look by
// number cover the rest. A crashed process's posting is taken up again after it.
const leaseSeconds = 300;
const batch = 50;

/** One round over all postings that are due, whosever they are; each settles or is postponed on its own. */
export const postDue =
  ({ store, companies, log }: { store: PostingStore; companies: TenantCompanies; log: Log }) =>
  async (): Promise<void> => {
    for (const { id, tenantId } of await store.due(batch)) {
      await runInContext({}, async () => {
        addToContext({ tenantId });
        const scope = { tenantId };
        const posting = await store.claim(scope, id, leaseSeconds);
        if (!posting) return;
        const outcome = await postOne({ store, companies }, scope, posting);
        await store.settle(scope, posting, outcome);
        log.info({ posting: id, docNumber: posting.doc_number, state: outcome.state, code: outcome.code }, 'posting');
      }).catch((error: unknown) => log.error({ err: error, posting: id }, 'posting could not be settled'));
    }
  };
