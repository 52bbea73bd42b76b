import type { Actor } from '@legendops/kit/auth/actor';
import type { Page, PageQuery } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import type { BillingException } from '../contract.ts';
import { presentException } from './presenter.ts';
import type { ExceptionStore } from './store.ts';

export interface ExceptionService {
  page(scope: Scope, actor: Actor, query: PageQuery & { code?: string | undefined }): Promise<Page<BillingException>>;
  dismiss(scope: Scope, id: string, memberId: string): Promise<void>;
}

export const exceptionService = (store: ExceptionStore): ExceptionService => ({
  page: async (scope, actor, { limit, cursor, code }) => {
    const list = `exceptions:${code ?? ''}`;
    return toPage({
      rows: await store.page(scope, { after: decodeCursor(list, cursor, ['instant', 'id']), limit, code }),
      limit,
      list,
      keys: (row) => [row.first_seen_at, row.id],
      present: (row) => presentException(row, actor),
    });
  },
  dismiss: async (scope, id, memberId) => {
    if (!(await store.dismiss(scope, id, memberId))) throw problem('exception.not-found');
  },
});
