import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { replaceCompanies, replaceSubscriptions, replaceUsage, lastSync } from './mirror-store.ts';
import { subscriptionMirror, usageMirror } from './mirror-values.ts';
import { pax8Client, type Pax8Client } from './pax8-client.ts';
import { Pax8Error } from './pax8-error.ts';
import type { UsageSummary } from './objects.ts';
import type { JobContext } from '../jobs/run-job.ts';
import { daysOf, syncWindow, type SyncWindow } from './sync-window.ts';

const clientOf = async ({ billing, pauseMs }: JobContext): Promise<Pax8Client> => {
  let access = await billing.vendorAccess('pax8', { renew: false });
  return pax8Client({
    url: access.url,
    ...(pauseMs && { pauseMs }),
    token: async ({ renew }) => {
      if (renew) access = await billing.vendorAccess('pax8', { renew: true });
      return access.accessToken;
    },
  });
};

const syncUsage = async (
  { run, scope, environment }: JobContext,
  client: Pax8Client,
  { summary, subscriptionId, window }: { summary: UsageSummary; subscriptionId: string; window: SyncWindow },
): Promise<{ lines: number; superseded: number; added: number }> => {
  const lines = [];
  for (const day of daysOf(window)) {
    lines.push(...usageMirror(await client.usageLines(summary.id, day), { summary, currency: environment.CURRENCY }));
  }
  const reading = { summaryId: summary.id, subscriptionId, companyId: summary.companyId, ...window, lines };
  const changed = await run.write((transaction) => replaceUsage(transaction, scope, reading));
  return { lines: lines.length, ...changed };
};

const failureOf = (error: unknown): unknown => {
  if (!(error instanceof Pax8Error)) return error;
  const kind = error.kind === 'refused' || error.kind === 'forbidden' ? 'needsPerson' : 'retryable';
  return new JobFailure(kind, `pax8.${error.kind}`, error.message);
};

const sync = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, scope, environment, progress, now } = context;
  const client = await clientOf(context);
  const companies = await client.companies();
  await run.write((transaction) => replaceCompanies(transaction, scope, companies));
  progress(`companies: ${companies.length}`);

  const [subscriptions, productNames] = [await client.subscriptions(), await client.productNames()];
  const rows = subscriptions.map((one) => subscriptionMirror(one, { productNames, currency: environment.CURRENCY }));
  await run.write((transaction) => replaceSubscriptions(transaction, scope, rows));
  progress(`subscriptions: ${subscriptions.length}`);

  const window = syncWindow({
    now: now(),
    timeZone: environment.TIME_ZONE,
    lastSync: await run.write(lastSync),
    from: environment.SYNC_FROM,
  });
  progress(`usage from ${window.from} to ${window.to}`);
  const counts = {
    companies: companies.length,
    subscriptions: subscriptions.length,
    usageLines: 0,
    corrected: 0,
    added: 0,
  };
  for (const [index, { id }] of subscriptions.entries()) {
    for (const summary of await client.usageSummaries(id)) {
      const { lines, superseded, added } = await syncUsage(context, client, { summary, subscriptionId: id, window });
      counts.usageLines += lines;
      counts.corrected += superseded;
      counts.added += added;
    }
    if ((index + 1) % 25 === 0) progress(`usage: ${index + 1} of ${subscriptions.length} subscriptions`);
  }
  return counts;
};

/** Brings the mirror up to date: companies, subscriptions, usage by day. Repeatable; stopped anywhere, the next run carries on. */
export const syncFromPax8 = (context: JobContext): Promise<Record<string, number>> =>
  sync(context).catch((error: unknown) => {
    throw failureOf(error);
  });
