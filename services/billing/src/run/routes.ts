import { PageQuery } from '@legendops/kit/contract/page';
import { sql } from '@legendops/kit/db/sql';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import { ok, route } from '@legendops/kit/http/route';
import { RunPage, type Run } from '../contract.ts';

interface RunRow {
  id: string;
  job: Run['job'];
  period: string | null;
  state: Run['state'];
  code: string | null;
  detail: string | null;
  counts: Record<string, number>;
  started_at: string;
  finished_at: string | null;
}

const columns = sql`id, job, period, state, code, detail, counts, started_at, finished_at`;
const list = 'runs';

const present = (row: RunRow): Run => ({
  id: row.id,
  job: row.job,
  period: row.period,
  state: row.state,
  code: row.code,
  detail: row.detail,
  counts: row.counts,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

export const runRoutes = (database: TenantDatabase) => [
  route({
    method: 'get',
    path: '/v1/runs',
    permission: 'run.read',
    summary: 'Executions of the billing jobs, newest first',
    query: PageQuery,
    responses: { 200: RunPage },
    handler: async ({ scope, query: { limit, cursor } }) => {
      const after = decodeCursor(list, cursor, 2);
      const rows = await database.read(
        scope,
        after
          ? sql<RunRow>`select ${columns} from billing.runs where (started_at, id) < (${after[0]}, ${after[1]})
              order by started_at desc, id desc limit ${limit + 1}`
          : sql<RunRow>`select ${columns} from billing.runs order by started_at desc, id desc limit ${limit + 1}`,
      );
      return ok(toPage({ rows, limit, list, keys: (row) => [row.started_at, row.id], present }));
    },
  }),
];
