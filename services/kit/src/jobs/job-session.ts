import type { DatabasePool } from '../db/pool.ts';

/** How a session shows that its process is alive. */
export interface SessionPace {
  beatMs: number;
  /** Silent for so long, the server ends it. */
  silentMs: number;
}

// A killed process closes its connection, and its session ends at once. One that is lost with its node, or stopped, closes
// nothing: within a minute its run is free all the same. What it writes later is refused by the fence.
const usualPace: SessionPace = { beatMs: 10_000, silentMs: 45_000 };

/**
 * Keeps a connection open while the work runs; its process id names the run as alive, and ends with this process however it
 * ends. Not an advisory lock: on some servers any login could take that.
 */
export const withJobSession = async <T>(
  pool: DatabasePool,
  work: (session: number) => Promise<T>,
  { beatMs, silentMs }: SessionPace = usualPace,
): Promise<T> => {
  const client = await pool.connect();
  // A beat that fails says that the session is gone: nothing of this run depends on it but that no other one begins.
  const beating = setInterval(() => void client.query('select').catch(() => undefined), beatMs);
  try {
    const { rows } = await client.query<{ session: number }>(
      "select pg_backend_pid() as session, set_config('idle_session_timeout', $1, false)",
      [`${silentMs}ms`],
    );
    const [row] = rows;
    if (!row) throw new Error('The session was not named');
    return await work(row.session);
  } finally {
    clearInterval(beating);
    client.release(true);
  }
};
