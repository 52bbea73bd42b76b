import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { inLanes } from '@legendops/kit/jobs/in-lanes';
import type { JobContext } from '../job/run-job.ts';
import { usageMirror } from './mirror-values.ts';
import type { UsageSummary } from './objects.ts';
import type { Pax8Client } from './pax8-client.ts';
import { Pax8Error } from './pax8-error.ts';
import { daysOf, type SyncWindow } from './sync-window.ts';
import { readAlready, replaceUsage, supersedeUnlisted, type Unlisted, type UsageReading } from './usage-store.ts';

// A call takes a tenth of a second or more, and the client paces itself: this many at once reach its pace.
const atOnce = 8;

interface Counts {
  superseded: number;
  added: number;
}

const readSummary = async (
  { environment, now }: JobContext,
  client: Pax8Client,
  { summary, subscriptionId, window }: { summary: UsageSummary; subscriptionId: string; window: SyncWindow },
): Promise<UsageReading> => {
  const lines = [];
  for (const day of daysOf(window))
    lines.push(...usageMirror(await client.usageLines(summary.id, day), { summary, currency: environment.CURRENCY }));
  return { summaryId: summary.id, subscriptionId, companyId: summary.companyId, window, lines, readAt: now() };
};

// One transaction for all of a subscription: between a summary that was issued anew and the one that it replaces, the
// same days would count twice, and a sync that stops there would leave them so.
const store = async (
  transaction: Transaction,
  scope: Scope,
  { readings, unlisted }: { readings: readonly UsageReading[]; unlisted: Unlisted | undefined },
): Promise<Counts> => {
  const counts = { superseded: 0, added: 0 };
  for (const reading of readings) {
    const { superseded, added } = await replaceUsage(transaction, scope, reading);
    counts.superseded += superseded;
    counts.added += added;
  }
  if (unlisted) counts.superseded += await supersedeUnlisted(transaction, unlisted);
  return counts;
};

// What Pax8 no longer lists it may no longer know, either.
const summariesOfGone = (client: Pax8Client, subscriptionId: string): Promise<UsageSummary[]> =>
  client.usageSummaries(subscriptionId).catch((error: unknown) => {
    if (error instanceof Pax8Error && error.kind === 'not-found') return [];
    throw error;
  });

/**
 * Reads the window's usage of every subscription, day by day, of those that are gone as well, and goes on where a sync
 * that failed has stopped.
 */
export const syncUsage = async (
  context: JobContext,
  client: Pax8Client,
  { listed, gone, window }: { listed: readonly string[]; gone: readonly string[]; window: SyncWindow },
): Promise<{ usageLines: number; corrected: number; added: number; resumed: number }> => {
  const { run, scope, progress, now } = context;
  const counts = { usageLines: 0, corrected: 0, added: 0, resumed: 0 };
  const done = await run.write((transaction) => readAlready(transaction, window, now()));
  const isGone = new Set(gone);
  let finished = 0;
  await inLanes([...listed, ...gone], atOnce, async (subscriptionId) => {
    const summaries = isGone.has(subscriptionId)
      ? await summariesOfGone(client, subscriptionId)
      : await client.usageSummaries(subscriptionId);
    const readings: UsageReading[] = [];
    for (const summary of summaries) {
      if (done.has(summary.id)) counts.resumed += 1;
      else readings.push(await readSummary(context, client, { summary, subscriptionId, window }));
    }
    // An empty list is no answer about what was listed before.
    const unlisted =
      summaries.length === 0 ? undefined : { subscriptionId, summaryIds: summaries.map(({ id }) => id), window };
    const { superseded, added } = await run.write((transaction) => store(transaction, scope, { readings, unlisted }));
    counts.usageLines += readings.reduce((sum, { lines }) => sum + lines.length, 0);
    counts.corrected += superseded;
    counts.added += added;
    finished += 1;
    if (finished % 25 === 0) progress(`usage: ${finished} of ${listed.length + gone.length} subscriptions`);
  });
  return counts;
};
