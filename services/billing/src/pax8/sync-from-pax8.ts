import { codesOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import { constraintOf } from '@legendops/kit/db/database-error';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { inStep } from '@legendops/kit/trace/in-span';
import { beginLedger, firstUnread, oldestMonthOfRun, rememberRead } from '../period/period-record.ts';
import { localDate, monthOf } from '../rating/period.ts';
import { goneSince, mirrorSize, replaceCompanies, replaceSubscriptions } from './mirror-store.ts';
import { subscriptionMirror } from './mirror-values.ts';
import type { CommitmentRules, Subscription } from './objects.ts';
import { pax8Client, type Pax8Client } from './pax8-client.ts';
import { rowsOf, type ReadList } from './readable.ts';
import { heldException } from './tell-held.ts';
import { Pax8Error } from './pax8-error.ts';
import type { JobContext } from '../job/run-job.ts';
import { tellVariances } from '../reconciliation/variances.ts';
import { hintsLeft, listedWithHints, rememberHints } from './hinted.ts';
import { syncEvidence } from './sync-evidence.ts';
import { syncUsage } from './sync-usage.ts';
import { syncWindow } from './sync-window.ts';
import { emptyCode, firstEmpty, lastSync } from './usage-store.ts';

const clientOf = async ({ billing, patience }: JobContext): Promise<Pax8Client> => {
  let access = await billing.vendorAccess('pax8', { renew: false });
  const { url, callsPerMinute } = access;
  if (callsPerMinute === null) throw new JobFailure('retryable', 'unexpected', 'The billing service named no pace');
  return pax8Client({
    url,
    callsPerMinute,
    patience,
    token: async ({ renew }) => {
      if (renew) access = await billing.vendorAccess('pax8', { renew: true });
      return access.accessToken;
    },
  });
};

const failureOf = (error: unknown): unknown => {
  if (constraintOf(error) === 'vendor_accounts_one_tenant')
    return new JobFailure(
      'needsPerson',
      'connection.account-taken',
      'Pax8 lists a company that is another organisation’s here: press “Replace credentials” under “Connections” for this one’s own Pax8 account, or ask LegendOps support',
    );
  if (!(error instanceof Pax8Error)) return error;
  const kind = error.kind === 'refused' || error.kind === 'forbidden' ? 'needsPerson' : 'retryable';
  return new JobFailure(kind, `pax8.${error.kind}`, error.message);
};

/** What was listed, whether it could be read or not. */
const sizeOf = ({ items, held }: ReadList<unknown>): number => items.length + held.length;

interface Listed {
  before: number;
  now: number;
}

// Vendors answer an empty list on a bad day, too: it does not make a provider's customers disappear. Two days of it do:
// the last customer may have left, and its last month waits for a sync that ends.
const requireSome = (what: 'companies' | 'subscriptions', { before, now }: Listed, isSecondDay: boolean): void => {
  if (now > 0 || before === 0 || isSecondDay) return;
  throw new JobFailure(
    'needsPerson',
    emptyCode,
    `Pax8 listed no ${what} although there were ${before}; nothing was changed. Look at Pax8 whether they are gone: from tomorrow on the nightly reading believes it`,
  );
};

/** What the commitments of these subscriptions let go, by their ids: one call a product that has any. */
const commitmentsOf = async (
  client: Pax8Client,
  subscriptions: readonly Subscription[],
): Promise<Map<string, CommitmentRules>> => {
  const committed = subscriptions.flatMap(({ productId, commitmentTerm }) => (commitmentTerm ? [productId] : []));
  const rules = new Map<string, CommitmentRules>();
  for (const productId of new Set(committed))
    for (const one of await client.commitments(productId)) rules.set(one.id, one);
  return rules;
};

const sync = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, scope, environment, progress, now } = context;
  const client = await clientOf(context);
  const dayOf = (instant: Date): string => localDate(instant, environment.TIME_ZONE);
  const today = dayOf(now());
  const emptyAt = await run.write(firstEmpty);
  const isSecondDay = emptyAt !== null && dayOf(emptyAt) < today;
  const before = await run.write(mirrorSize);
  const companies = await inStep('read companies', () => client.companies());
  requireSome('companies', { before: before.companies, now: sizeOf(companies) }, isSecondDay);
  await run.write((transaction) =>
    replaceCompanies(transaction, scope, { companies: companies.items, held: companies.held }),
  );
  progress(`companies: ${companies.items.length}`);

  const inList = await inStep('read subscriptions', () => client.subscriptions());
  const products = await inStep('read products', () => client.productNames());
  requireSome('subscriptions', { before: before.subscriptions, now: sizeOf(inList) }, isSecondDay);
  const hints = await run.write(hintsLeft);
  const listed = await listedWithHints(client, inList, hints);
  const commitments = await commitmentsOf(client, listed.items);
  const { items: subscriptions, held: unkept } = rowsOf(listed.items, {
    kind: 'subscription',
    id: ({ id }) => id,
    row: (one) =>
      subscriptionMirror(one, { productNames: products.names, commitments, currency: environment.CURRENCY }),
  });
  const heldSubscriptions = [...listed.held, ...unkept];
  await run.write((transaction) =>
    replaceSubscriptions(transaction, scope, { subscriptions, held: heldSubscriptions, today }),
  );
  await run.write((transaction) => rememberHints(transaction, hints));
  progress(`subscriptions: ${subscriptions.length}`);

  const last = await run.write(lastSync);
  const oldestRun = await run.write(oldestMonthOfRun);
  const wanted = syncWindow({ today, lastSync: last && dayOf(last), oldestRun, from: environment.SYNC_FROM });
  const needed = await run.write((transaction) => firstUnread(transaction, today));
  const window = { ...wanted, from: needed !== null && needed < wanted.from ? needed : wanted.from };
  progress(`usage from ${window.from} to ${window.to}`);
  const gone = await run.write((transaction) => goneSince(transaction, window.from));
  const read = { listed: subscriptions.map(({ id }) => id), gone, window, today };
  const { withdrawn, held, ...usage } = await inStep('read usage', () => syncUsage(context, client, read));
  const unreadable = [...companies.held, ...products.held, ...heldSubscriptions, ...held];
  await run.write(async (transaction) => {
    await recordExceptions(transaction, scope, {
      exceptions: [...unreadable.map(heldException), ...withdrawn],
      codes: codesOpenedBy('usage-sync'),
      period: null,
      runId: run.id,
    });
    await rememberRead(transaction, scope, { window, today });
    await beginLedger(transaction, scope, monthOf(today));
  });
  const of = {
    companyIds: companies.items.map(({ id }) => id),
    productIds: subscriptions.map(({ product_id }) => product_id),
    today,
  };
  const evidence = await inStep('read evidence', () => syncEvidence(context, client, of));
  return {
    companies: companies.items.length,
    subscriptions: subscriptions.length,
    held: unreadable.length,
    ...usage,
    ...evidence,
    ...(await inStep('tell variances', () => tellVariances(context, today))),
  };
};

/** Brings the mirror up to date: companies, subscriptions, usage by day. Repeatable; stopped anywhere, the next run carries on. */
export const syncFromPax8 = (context: JobContext): Promise<Record<string, number>> =>
  sync(context).catch((error: unknown) => {
    throw failureOf(error);
  });
