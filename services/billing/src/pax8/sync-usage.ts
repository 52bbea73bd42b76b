import { inLanes } from '@legendops/kit/jobs/in-lanes';
import type { JobContext } from '../jobs/run-job.ts';
import { usageMirror } from './mirror-values.ts';
import type { UsageSummary } from './objects.ts';
import type { Pax8Client } from './pax8-client.ts';
import { daysOf, type SyncWindow } from './sync-window.ts';
import { readAlready, replaceUsage, supersedeUnlisted } from './usage-store.ts';

// A call takes a tenth of a second or more, and the client paces itself: this many at once reach its pace.
const atOnce = 8;

const syncSummary = async (
  { run, scope, environment }: JobContext,
  client: Pax8Client,
  { summary, subscriptionId, window }: { summary: UsageSummary; subscriptionId: string; window: SyncWindow },
): Promise<{ lines: number; superseded: number; added: number }> => {
  const lines = [];
  for (const day of daysOf(window))
    lines.push(...usageMirror(await client.usageLines(summary.id, day), { summary, currency: environment.CURRENCY }));
  const reading = { summaryId: summary.id, subscriptionId, companyId: summary.companyId, window, lines };
  const changed = await run.write((transaction) => replaceUsage(transaction, scope, reading));
  return { lines: lines.length, ...changed };
};

/** Reads the window's usage of every subscription, day by day, and goes on where a sync that failed has stopped. */
export const syncUsage = async (
  context: JobContext,
  client: Pax8Client,
  { subscriptionIds, window }: { subscriptionIds: readonly string[]; window: SyncWindow },
): Promise<{ usageLines: number; corrected: number; added: number; resumed: number }> => {
  const { run, progress } = context;
  const counts = { usageLines: 0, corrected: 0, added: 0, resumed: 0 };
  const done = await run.write((transaction) => readAlready(transaction, window));
  let finished = 0;
  await inLanes(subscriptionIds, atOnce, async (subscriptionId) => {
    const summaries = await client.usageSummaries(subscriptionId);
    for (const summary of summaries) {
      if (done.has(summary.id)) {
        counts.resumed += 1;
        continue;
      }
      const { lines, superseded, added } = await syncSummary(context, client, { summary, subscriptionId, window });
      counts.usageLines += lines;
      counts.corrected += superseded;
      counts.added += added;
    }
    // An empty list is no answer about what was listed before.
    if (summaries.length > 0) {
      const summaryIds = summaries.map(({ id }) => id);
      counts.corrected += await run.write((transaction) =>
        supersedeUnlisted(transaction, { subscriptionId, summaryIds, window }),
      );
    }
    finished += 1;
    if (finished % 25 === 0) progress(`usage: ${finished} of ${subscriptionIds.length} subscriptions`);
  });
  return counts;
};
