import type { Page, PageQuery } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import type { BillingException } from '../contract.ts';
import type { ExceptionRow, ExceptionStore } from './store.ts';

export interface ExceptionService {
  page(scope: Scope, query: PageQuery): Promise<Page<BillingException>>;
  dismiss(scope: Scope, id: string, memberId: string): Promise<void>;
}

const list = 'exceptions';

const present = (row: ExceptionRow): BillingException => ({
  id: row.id,
  code: row.code,
  customerId: row.customer_id,
  customerName: row.customer_name,
  detail: row.detail,
  nextStep: row.next_step,
  period: row.period,
  firstSeenAt: row.first_seen_at,
});

export const exceptionService = (store: ExceptionStore): ExceptionService => ({
  page: async (scope, { limit, cursor }) =>
    toPage({
      rows: await store.page(scope, { after: decodeCursor(list, cursor, ['instant', 'id']), limit }),
      limit,
      list,
      keys: (row) => [row.first_seen_at, row.id],
      present,
    }),
  dismiss: async (scope, id, memberId) => {
    if (!(await store.dismiss(scope, id, memberId))) throw problem('exception.not-found');
  },
});
