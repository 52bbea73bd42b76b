import { Gauge } from 'prom-client';
import { sql, type Sql } from '../db/sql.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';

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

/** What is counted over all tenants; nothing of it names one. */
interface RunFigures {
  ended: { job: string; state: string; count: number }[];
  /** Seconds since the newest successful run of a job, one for each active tenant; null where there was none. */
  newest: { job: string; ages: (number | null)[] }[];
}

const read = async (platform: PlatformDatabase, table: Sql, jobs: readonly string[]): Promise<RunFigures> => {
  const [ended, newest] = await Promise.all([
    platform.read(
      'figures of runs',
      sql<RunFigures['ended'][number]>`
        select job, state, count(*)::integer as count from ${table}
        where finished_at > now() - interval '24 hours' group by job, state`,
    ),
    platform.read(
      'figures of runs',
      sql<RunFigures['newest'][number]>`
        select j.job, array_agg(extract(epoch from now() - newest.finished_at)::double precision) as ages
        from app.tenants t
        cross join unnest(${jobs}::text[]) as j (job)
        left join lateral (
          select r.finished_at from ${table} r
          where r.tenant_id = t.id and r.job = j.job and r.state = 'done'
          order by r.finished_at desc limit 1) newest on true
        where t.state = 'active' group by j.job`,
    ),
  ]);
  return { ended, newest };
};

/** Reads how the runs of a service's jobs went, and lets the metrics say it. */
export const measureRuns = async (
  platform: PlatformDatabase,
  { table, jobs }: { table: Sql; jobs: readonly string[] },
): Promise<void> => {
  const { ended, newest } = await read(platform, table, jobs);
  for (const gauge of [runs, successAge, neverSucceeded]) gauge.reset();
  for (const { job, state, count } of ended) runs.set({ billing_job: job, state }, count);
  for (const { job, ages } of newest) {
    const seconds = ages.filter((age) => age !== null);
    for (const le of ageBuckets)
      successAge.set({ billing_job: job, le: le.toString() }, seconds.filter((age) => age <= le).length);
    successAge.set({ billing_job: job, le: '+Inf' }, seconds.length);
    neverSucceeded.set({ billing_job: job }, ages.length - seconds.length);
  }
};
