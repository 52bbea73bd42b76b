import type { ClientBase, Pool } from 'pg';

// The releases of 2026-08-13 close a hole through which any login could run code; older ones leak rows under RLS too.
const securityFloor: Record<number, number> = { 17: 170_011, 18: 180_006 };

/** Refuses a server that is too old to be trusted with isolation; `enforce` is false for the one-machine platform only. */
export const requireSafeServer = async (
  server: Pool | ClientBase,
  { enforce }: { enforce: boolean },
): Promise<void> => {
  const { rows } = await server.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const version = rows[0]?.version ?? 0;
  const major = Math.floor(version / 10_000);
  if (major < 17) throw new Error(`PostgreSQL 17 or 18 is needed, this server is ${major}`);
  const floor = securityFloor[major];
  if (enforce && floor !== undefined && version < floor) {
    throw new Error(
      `PostgreSQL ${major}.${version % 10_000} has known holes; ${major}.${floor % 10_000} or later is needed`,
    );
  }
};
