import type { Page, PageQuery } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import type { Run } from '../contract.ts';
import { presentRun } from './presenter.ts';
import type { RunStore } from './store.ts';

export interface RunService {
  page(scope: Scope, query: PageQuery): Promise<Page<Run>>;
}

const list = 'runs';

export const runService = (store: RunStore): RunService => ({
  page: async (scope, { limit, cursor }) =>
    toPage({
      rows: await store.page(scope, { after: decodeCursor(list, cursor, 2), limit }),
      limit,
      list,
      keys: (row) => [row.started_at, row.id],
      present: presentRun,
    }),
});
