import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';
import type { Run } from '../contract.ts';

/** What is counted over all tenants; nothing of it names one. */
export interface Figures {
  runs: { job: Run['job']; state: Run['state']; count: number }[];
  /** Seconds since the newest successful run of a job, one for each active tenant that had any. */
  successAges: { job: Run['job']; seconds: number[] }[];
  /** Active tenants without a successful run of a job. */
  neverSucceeded: { job: Run['job']; count: number }[];
  /** All but those that are posted. */
  postings: { state: string; count: number; oldestSeconds: number }[];
  exceptions: { code: string; count: number }[];
}

export interface FigureStore {
  read(jobs: readonly Run['job'][]): Promise<Figures>;
}

export const figureStore = (platform: PlatformDatabase): FigureStore => ({
  read: async (jobs) => {
    const [runs, newest, postings, exceptions] = await Promise.all([
      platform.read(
        'figures of runs',
        sql<Figures['runs'][number]>`
          select job, state, count(*)::integer as count from billing.runs
          where finished_at > now() - interval '24 hours' group by job, state`,
      ),
      platform.read(
        'figures of runs',
        sql<{ job: Run['job']; ages: (number | null)[] }>`
          select j.job, array_agg(extract(epoch from now() - newest.finished_at)::double precision) as ages
          from app.tenants t
          cross join unnest(${jobs}::text[]) as j (job)
          left join lateral (
            select r.finished_at from billing.runs r
            where r.tenant_id = t.id and r.job = j.job and r.state = 'done'
            order by r.finished_at desc limit 1) newest on true
          where t.state = 'active' group by j.job`,
      ),
      platform.read(
        'figures of postings',
        sql<{ state: string; count: number; oldest: number }>`
          select state, count(*)::integer as count,
            extract(epoch from now() - min(created_at))::double precision as oldest
          from billing.postings where state not in ('posted', 'voided') group by state`,
      ),
      platform.read(
        'figures of exceptions',
        sql<Figures['exceptions'][number]>`
          select code, count(*)::integer as count from billing.exceptions 
          where resolved_at is null and dismissed_at is null group by code`,
      ),
    ]);
    return {
      runs,
      successAges: newest.map(({ job, ages }) => ({ job, seconds: ages.filter((age) => age !== null) })),
      neverSucceeded: newest.map(({ job, ages }) => ({ job, count: ages.filter((age) => age === null).length })),
      postings: postings.map(({ state, count, oldest }) => ({ state, count, oldestSeconds: oldest })),
      exceptions,
    };
  },
});
