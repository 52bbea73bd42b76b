import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { RunRow } from './run-row.ts';

export interface RunStore {
  page(scope: Scope, page: { after: readonly string[] | undefined; limit: number }): Promise<RunRow[]>;
}

const columns = sql`id, job, period, state, code, detail, counts, started_at, finished_at`;

export const runStore = (database: TenantDatabase): RunStore => ({
  page: (scope, { after, limit }) =>
    database.read(
      scope,
      after
        ? sql<RunRow>`select ${columns} from billing.runs where (started_at, id) < (${after[0]}, ${after[1]})
            order by started_at desc, id desc limit ${limit + 1}`
        : sql<RunRow>`select ${columns} from billing.runs order by started_at desc, id desc limit ${limit + 1}`,
    ),
});
