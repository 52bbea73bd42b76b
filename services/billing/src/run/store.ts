import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { runColumns, type RunRow } from './run-row.ts';

export interface RunStore {
  page(scope: Scope, place: Place): Promise<RunRow[]>;
}

export const runStore = (database: TenantDatabase): RunStore => ({
  page: (scope, { after, limit }) =>
    database.read(
      scope,
      after
        ? sql<RunRow>`select ${runColumns} from billing.runs where (started_at, id) < (${after[0]}, ${after[1]})
            order by started_at desc, id desc ${pageRows(limit)}`
        : sql<RunRow>`select ${runColumns} from billing.runs order by started_at desc, id desc ${pageRows(limit)}`,
    ),
});
