import type { DatabasePool } from '@legendops/kit/db/pool';

/**
 * Keeps a connection open while the work runs; its process id names the run as alive, and ends with this process however it
 * ends. Not an advisory lock: on some servers any login could take that.
 */
export const withJobSession = async <T>(pool: DatabasePool, work: (session: number) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ session: number }>('select pg_backend_pid() as session');
    const [row] = rows;
    if (!row) throw new Error('The session was not named');
    return await work(row.session);
  } finally {
    client.release(true);
  }
};
