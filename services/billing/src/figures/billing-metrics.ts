import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';
import { measureRuns } from '@legendops/kit/jobs/run-metrics';
import { Counter, Gauge } from 'prom-client';
import { PostingState, Run } from '../contract.ts';
import type { FigureStore } from './store.ts';

const postings = new Gauge({
  name: 'legendops_billing_postings',
  help: 'Postings that are not posted, by state',
  labelNames: ['state'] as const,
});
const oldestPosting = new Gauge({
  name: 'legendops_billing_oldest_posting_age_seconds',
  help: 'How old the oldest posting of a state is; 0 where there is none',
  labelNames: ['state'] as const,
});
const exceptions = new Gauge({
  name: 'legendops_billing_exceptions_open',
  help: 'Exceptions that are open, of all tenants, by code',
  labelNames: ['code'] as const,
});
const measuredAt = new Gauge({
  name: 'legendops_billing_figures_timestamp_seconds',
  help: 'When the figures of billing were last read from its database; older than some minutes, they say nothing',
});

/** Counted when QuickBooks has it, by the process that posted it. */
export const postedAmount = new Counter({
  name: 'legendops_billing_posted_minor_units_total',
  help: 'Money of invoices that were posted, in the smallest unit of the currency; credit is not taken off',
  labelNames: ['currency'] as const,
});
export const creditedAmount = new Counter({
  name: 'legendops_billing_credited_minor_units_total',
  help: 'Money of credit memos that were posted, in the smallest unit of the currency',
  labelNames: ['currency'] as const,
});

const openStates = PostingState.exclude(['posted', 'voided']).options;

/** Reads the figures and lets the metrics say them. */
export const measureBilling = async (store: FigureStore, platform: PlatformDatabase): Promise<void> => {
  await measureRuns(platform, { table: sql`billing.runs`, jobs: Run.shape.job.options });
  const figures = await store.read();
  exceptions.reset();
  for (const state of openStates) {
    const found = figures.postings.find((posting) => posting.state === state);
    postings.set({ state }, found?.count ?? 0);
    oldestPosting.set({ state }, found?.oldestSeconds ?? 0);
  }
  for (const { code, count } of figures.exceptions) exceptions.set({ code }, count);
  measuredAt.setToCurrentTime();
};
