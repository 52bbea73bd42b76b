import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { inLanes } from '@legendops/kit/jobs/in-lanes';
import type { JobContext } from '../job/run-job.ts';
import { localDate } from '../rating/period.ts';
import type { FoundException } from '../rating/rating-values.ts';
import { usageMirror, type UsageMirror } from './mirror-values.ts';
import type { UsageSummary } from './objects.ts';
import type { Pax8Client } from './pax8-client.ts';
import { Pax8Error } from './pax8-error.ts';
import type { HeldRecord, ReadList } from './readable.ts';
import { daysOf, type SyncWindow } from './sync-window.ts';
import { readAlready, replaceUsage, supersedeUnlisted, type Unlisted, type UsageReading } from './usage-store.ts';
import { withdrawn } from './withdrawn-usage.ts';

// A call takes a tenth of a second or more, and the client paces itself: this many at once reach its pace.
const atOnce = 8;

interface Counts {
  superseded: number;
  added: number;
}

const ofAnotherDay = (id: string): HeldRecord => ({
  kind: 'usage line',
  id,
  reason: 'usageDate: a day that was not asked for',
});

const readSummary = async (
  { environment, now }: JobContext,
  client: Pax8Client,
  { summary, subscriptionId, window }: { summary: UsageSummary; subscriptionId: string; window: SyncWindow },
): Promise<UsageReading & { held: HeldRecord[] }> => {
  const [lines, held]: [UsageMirror[], HeldRecord[]] = [[], []];
  for (const day of daysOf(window)) {
    const read = await client.usageLines(summary.id, day);
    // What is of another day comes when that day is asked for, and would count twice here.
    const ofDay = read.items.filter(({ usageDate }) => usageDate === day);
    const rows = usageMirror(ofDay, { summary, currency: environment.CURRENCY });
    lines.push(...rows.items);
    held.push(...read.held.map((one) => ({ ...one, id: `${summary.id} ${day}` })), ...rows.held);
    if (ofDay.length < read.items.length) held.push(ofAnotherDay(`${summary.id} ${day}`));
  }
  return {
    summaryId: summary.id,
    subscriptionId,
    companyId: summary.companyId,
    window,
    lines,
    held,
    isComplete: held.length === 0,
    readAt: now(),
  };
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
const summariesOfGone = (client: Pax8Client, subscriptionId: string): Promise<ReadList<UsageSummary>> =>
  client.usageSummaries(subscriptionId).catch((error: unknown) => {
    if (error instanceof Pax8Error && error.kind === 'not-found') return { items: [], held: [] };
    throw error;
  });

/** What was read of all subscriptions, and what a person has to know of it. */
export interface SyncedUsage {
  usageLines: number;
  corrected: number;
  added: number;
  resumed: number;
  held: HeldRecord[];
  withdrawn: FoundException[];
}

interface Asked {
  listed: readonly string[];
  gone: readonly string[];
  window: SyncWindow;
  /** The tenant's date. */
  today: string;
}

/**
 * Reads the window's usage of every subscription, day by day, of those that are gone as well, and goes on where a sync
 * that failed has stopped.
 */
export const syncUsage = async (
  context: JobContext,
  client: Pax8Client,
  { listed, gone, window, today }: Asked,
): Promise<SyncedUsage> => {
  const { run, scope, progress, now, environment } = context;
  const synced: SyncedUsage = { usageLines: 0, corrected: 0, added: 0, resumed: 0, held: [], withdrawn: [] };
  const done = await run.write((transaction) => readAlready(transaction, window, now()));
  const isGone = new Set(gone);
  const dayOf = (instant: Date): string => localDate(instant, environment.TIME_ZONE);
  let finished = 0;
  await inLanes([...listed, ...gone], atOnce, async (subscriptionId) => {
    const summaries = isGone.has(subscriptionId)
      ? await summariesOfGone(client, subscriptionId)
      : await client.usageSummaries(subscriptionId);
    const readings: Awaited<ReturnType<typeof readSummary>>[] = [];
    for (const summary of summaries.items) {
      if (done.has(summary.id)) synced.resumed += 1;
      else readings.push(await readSummary(context, client, { summary, subscriptionId, window }));
    }
    const isEmpty = summaries.items.length === 0 && summaries.held.length === 0;
    await run.write(async (transaction) => {
      const { superseded, added } = await store(transaction, scope, {
        readings,
        unlisted: unlistedOf(summaries, { subscriptionId, window }),
      });
      const missing = isEmpty
        ? await withdrawn(transaction, { subscriptionId, window, dayOf, today })
        : { superseded: 0, exceptions: [] };
      synced.corrected += superseded + missing.superseded;
      synced.added += added;
      synced.withdrawn.push(...missing.exceptions);
    });
    synced.usageLines += readings.reduce((sum, { lines }) => sum + lines.length, 0);
    synced.held.push(...summaries.held, ...readings.flatMap(({ held }) => held));
    finished += 1;
    if (finished % 25 === 0) progress(`usage: ${finished} of ${listed.length + gone.length} subscriptions`);
  });
  return synced;
};

// An empty list is no answer about what was listed before, and neither is one of which nobody can say what it names.
const unlistedOf = (
  { items, held }: ReadList<UsageSummary>,
  of: { subscriptionId: string; window: SyncWindow },
): Unlisted | undefined => {
  const ids = [...items, ...held].map(({ id }) => id);
  return ids.length === 0 || ids.some((id) => id === null)
    ? undefined
    : { ...of, summaryIds: ids.flatMap((id) => id ?? []) };
};
