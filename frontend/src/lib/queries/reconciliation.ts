import {
  MarginPage,
  ReconciledLinePage,
  Reconciliation,
  type MarginQuery,
  type VarianceReason,
} from '@legendops/billing/reconciliation/contract';
import { VarianceThresholds } from '@legendops/billing/variance-threshold/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const reconciliationsPath = '/api/billing/v1/reconciliations';

/** A month in short. */
export const reconciliationOf = (month: string) =>
  queryOptions({
    queryKey: [reconciliationsPath, month],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${reconciliationsPath}/${month}`, signal }, Reconciliation),
    placeholderData: keepPreviousData,
  });

export interface ComparedFilter {
  reason?: VarianceReason | undefined;
  customerId?: string | undefined;
}

/** Its subscriptions, what differs first. */
export const comparedPages = (month: string, filter: ComparedFilter) =>
  cursorPages({ path: `${reconciliationsPath}/${month}/lines`, page: ReconciledLinePage, filter: { ...filter } });

export const marginPages = (month: string, by: MarginQuery['by']) =>
  cursorPages({ path: `${reconciliationsPath}/${month}/margins`, page: MarginPage, filter: { by } });

export const thresholdsPath = '/api/billing/v1/variance-thresholds';

/** From what on differences are told, by currency. */
export const varianceThresholds = queryOptions({
  queryKey: [thresholdsPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: thresholdsPath, signal }, VarianceThresholds),
});
