import type { DatabasePool } from '@legendops/kit/db/pool';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import type { JobName } from './run-record.ts';

/**
 * Holds the job's advisory lock on a connection of its own while the work runs. Any login can take any lock, so it only
 * spares double work; correctness is the fence of the run record.
 */
export const withJobLock = async <T>(
  pool: DatabasePool,
  { tenantId, job }: { tenantId: string; job: JobName },
  work: () => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [`legendops:job:${tenantId}:${job}`],
    );
    if (!rows[0]?.taken)
      throw new JobFailure('retryable', 'already-running', `Another ${job} of this tenant is running`);
    return await work();
  } finally {
    // Ends the session, and with it the lock.
    client.release(true);
  }
};
