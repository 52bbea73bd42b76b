import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Page, PageQuery } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { BillingException } from '../contract.ts';
import { presentException } from './presenter.ts';
import type { ExceptionStore } from './store.ts';

export interface ExceptionService {
  page(scope: Scope, actor: Actor, query: PageQuery & { code?: string | undefined }): Promise<Page<BillingException>>;
  dismiss(scope: ActingScope<'exception.dismissed'>, id: string, memberId: string): Promise<void>;
}

export const exceptionService = (store: ExceptionStore): ExceptionService => ({
  page: (scope, actor, { code, ...query }) =>
    listPage(query, {
      list: `exceptions:${code ?? ''}`,
      by: ['instant', 'id'],
      read: (place) => store.page(scope, { ...place, code }),
      keys: (row) => [row.first_seen_at, row.id],
      present: (row) => presentException(row, actor),
    }),
  dismiss: async (scope, id, memberId) => {
    if (!(await store.dismiss(scope, id, memberId))) throw problem('exception.not-found');
  },
});
