import type { Page } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import { monthOf } from '../rating/period.ts';
import type { Margin, MarginQuery, ReconciledLine, ReconciledLineQuery, Reconciliation } from './contract.ts';
import { reconciliationAsCsv } from './csv.ts';
import { presentDifference, presentLine, presentMargin, presentTotal } from './presenter.ts';
import type { ReconciliationStore } from './store.ts';

export interface ReconciliationService {
  get(scope: Scope, period: string): Promise<Reconciliation>;
  /** What differs first, the most money before. */
  lines(scope: Scope, period: string, query: ReconciledLineQuery): Promise<Page<ReconciledLine>>;
  margins(scope: Scope, period: string, query: MarginQuery): Promise<Page<Margin>>;
  asCsv(scope: Scope, period: string): Promise<string>;
}

const requireMonth = (period: string): void => {
  if (monthOf(period).start !== period) throw problem('period.not-found');
};

export const reconciliationService = (store: ReconciliationStore): ReconciliationService => ({
  get: async (scope, period) => {
    requireMonth(period);
    const { basis, totals, differences } = await store.summary(scope, period);
    return { period, ...basis, totals: totals.map(presentTotal), differences: differences.map(presentDifference) };
  },
  lines: async (scope, period, { reason, customerId, ...query }) => {
    requireMonth(period);
    return listPage(query, {
      list: `reconciliation:${[period, reason, customerId].join(':')}`,
      by: ['text', 'text'],
      read: (place) => store.lines(scope, { ...place, period, reason, customerId }),
      keys: (row) => [row.place, row.key],
      present: presentLine,
    });
  },
  margins: async (scope, period, { by, ...query }) => {
    requireMonth(period);
    return listPage(query, {
      list: `margins:${period}:${by}`,
      by: ['text', 'text', 'text'],
      read: (place) => store.margins(scope, { ...place, period, by }),
      keys: (row) => [row.name, row.key, row.currency],
      present: presentMargin,
    });
  },
  asCsv: async (scope, period) => {
    requireMonth(period);
    return reconciliationAsCsv(period, (await store.all(scope, period)).map(presentLine));
  },
});
