import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { localDate } from '../rating/period.ts';
import { mirrorSize, replaceCompanies, replaceSubscriptions } from './mirror-store.ts';
import { subscriptionMirror } from './mirror-values.ts';
import { pax8Client, type Pax8Client } from './pax8-client.ts';
import { Pax8Error } from './pax8-error.ts';
import type { JobContext } from '../jobs/run-job.ts';
import { syncUsage } from './sync-usage.ts';
import { syncWindow } from './sync-window.ts';
import { lastSync } from './usage-store.ts';

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

const failureOf = (error: unknown): unknown => {
  if (!(error instanceof Pax8Error)) return error;
  const kind = error.kind === 'refused' || error.kind === 'forbidden' ? 'needsPerson' : 'retryable';
  return new JobFailure(kind, `pax8.${error.kind}`, error.message);
};

// Vendors answer an empty list on a bad day, too: it does not make a provider's customers disappear.
const requireSome = (what: 'companies' | 'subscriptions', { before, now }: { before: number; now: number }): void => {
  if (now > 0 || before === 0) return;
  throw new JobFailure(
    'needsPerson',
    'pax8.empty',
    `Pax8 listed no ${what} although there were ${before}; nothing was changed. Look at Pax8, then sync again`,
  );
};

const sync = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, scope, environment, progress, now } = context;
  const client = await clientOf(context);
  const before = await run.write(mirrorSize);
  const companies = await client.companies();
  requireSome('companies', { before: before.companies, now: companies.length });
  await run.write((transaction) => replaceCompanies(transaction, scope, companies));
  progress(`companies: ${companies.length}`);

  const [listed, productNames] = [await client.subscriptions(), await client.productNames()];
  requireSome('subscriptions', { before: before.subscriptions, now: listed.length });
  const subscriptions = listed.map((one) => subscriptionMirror(one, { productNames, currency: environment.CURRENCY }));
  const today = localDate(now(), environment.TIME_ZONE);
  await run.write((transaction) => replaceSubscriptions(transaction, scope, { subscriptions, today }));
  progress(`subscriptions: ${subscriptions.length}`);

  const window = syncWindow({
    today,
    lastSync: await run.write(lastSync),
    from: environment.SYNC_FROM,
  });
  progress(`usage from ${window.from} to ${window.to}`);
  const usage = await syncUsage(context, client, { subscriptionIds: subscriptions.map(({ id }) => id), window });
  return { companies: companies.length, subscriptions: subscriptions.length, ...usage };
};

/** Brings the mirror up to date: companies, subscriptions, usage by day. Repeatable; stopped anywhere, the next run carries on. */
export const syncFromPax8 = (context: JobContext): Promise<Record<string, number>> =>
  sync(context).catch((error: unknown) => {
    throw failureOf(error);
  });
