import type { Page, PageQuery } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { listPage } from '@legendops/kit/http/list-page';
import type { Run } from '../contract.ts';
import { presentRun } from './presenter.ts';
import type { RunStore } from './store.ts';

export interface RunService {
  page(scope: Scope, query: PageQuery): Promise<Page<Run>>;
}

export const runService = (store: RunStore): RunService => ({
  page: (scope, query) =>
    listPage(query, {
      list: 'runs',
      by: ['instant', 'id'],
      read: (place) => store.page(scope, place),
      keys: (row) => [row.started_at, row.id],
      present: presentRun,
    }),
});
