import { LocalDate } from '@legendops/kit/contract/values';
import { ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { MarginPage, MarginQuery, ReconciledLinePage, ReconciledLineQuery, Reconciliation } from './contract.ts';
import type { ReconciliationService } from './service.ts';

/** By its first day. */
const params = z.strictObject({ period: LocalDate });

/** All of it says what vendors charge: it is for those who may read costs, as they may invoices. */
const permission = 'cost.read';

export const reconciliationRoutes = (reconciliation: ReconciliationService) => [
  route({
    method: 'get',
    path: '/v1/reconciliations/{period}',
    permission,
    summary: 'A month in short: what Pax8 billed us, what we billed, what is in QuickBooks, and how they differ',
    params,
    responses: { 200: Reconciliation },
    handler: async ({ scope, params: { period } }) => ok(await reconciliation.get(scope, period)),
  }),
  route({
    method: 'get',
    path: '/v1/reconciliations/{period}/lines',
    permission,
    summary: 'Each subscription of a month, what differs first, the most money before',
    params,
    query: ReconciledLineQuery,
    responses: { 200: ReconciledLinePage },
    handler: async ({ scope, params: { period }, query }) => ok(await reconciliation.lines(scope, period, query)),
  }),
  route({
    method: 'get',
    path: '/v1/reconciliations/{period}/margins',
    permission,
    summary: 'What a month left above its cost, by customer or product and currency',
    params,
    query: MarginQuery,
    responses: { 200: MarginPage },
    handler: async ({ scope, params: { period }, query }) => ok(await reconciliation.margins(scope, period, query)),
  }),
  route({
    method: 'get',
    path: '/v1/reconciliations/{period}/export',
    permission,
    summary: 'Each subscription of a month as a table (CSV)',
    params,
    responses: { 200: null },
    handler: async ({ scope, params: { period } }) => ({
      status: 200,
      csv: { name: `reconciliation-${period.slice(0, 7)}.csv`, text: await reconciliation.asCsv(scope, period) },
    }),
  }),
];
