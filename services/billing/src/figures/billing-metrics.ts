import { Counter, Gauge } from 'prom-client';
import { PostingState, Run } from '../contract.ts';
import type { FigureStore } from './store.ts';

const hour = 3_600;
const day = 24 * hour;
const ageBuckets = [hour, 6 * hour, day, 26 * hour, 2 * day, 7 * day, 31 * day, 35 * day];

// `job` is Prometheus's own label, for what it scrapes.
const runs = new Gauge({
  name: 'legendops_billing_runs_last_day',
  help: 'Runs of jobs that ended in the last 24 hours, of all tenants, by how they ended',
  labelNames: ['billing_job', 'state'] as const,
});
// A series for each tenant would be thirty thousand: how many tenants are how late is what anybody asks.
const successAge = new Gauge({
  name: 'legendops_billing_last_success_age_seconds_bucket',
  help: 'Active tenants whose newest successful run of a job is at most `le` seconds old; for histogram_quantile()',
  labelNames: ['billing_job', 'le'] as const,
});
const neverSucceeded = new Gauge({
  name: 'legendops_billing_tenants_without_success',
  help: 'Active tenants that a job has never succeeded for',
  labelNames: ['billing_job'] as const,
});
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
export const measureBilling = async (store: FigureStore): Promise<void> => {
  const jobs = Run.shape.job.options;
  const figures = await store.read(jobs);
  for (const gauge of [runs, successAge, neverSucceeded, exceptions]) gauge.reset();
  for (const { job, state, count } of figures.runs) runs.set({ billing_job: job, state }, count);
  for (const { job, seconds } of figures.successAges) {
    for (const le of ageBuckets)
      successAge.set({ billing_job: job, le: le.toString() }, seconds.filter((age) => age <= le).length);
    successAge.set({ billing_job: job, le: '+Inf' }, seconds.length);
  }
  for (const { job, count } of figures.neverSucceeded) neverSucceeded.set({ billing_job: job }, count);
  for (const state of openStates) {
    const found = figures.postings.find((posting) => posting.state === state);
    postings.set({ state }, found?.count ?? 0);
    oldestPosting.set({ state }, found?.oldestSeconds ?? 0);
  }
  for (const { code, count } of figures.exceptions) exceptions.set({ code }, count);
  measuredAt.setToCurrentTime();
};
