import { ok, route } from '@legendops/kit/http/route';
import { NewVarianceThreshold, VarianceThresholds } from './contract.ts';
import { permissionTo, type VarianceThresholdService } from './service.ts';

export const varianceThresholdRoutes = (thresholds: VarianceThresholdService) => [
  route({
    method: 'get',
    path: '/v1/variance-thresholds',
    permission: 'variance-threshold.read',
    summary: 'From what on differences between Pax8, our invoices and QuickBooks are told, by currency',
    responses: { 200: VarianceThresholds },
    handler: async ({ scope, actor, tenant: { currency } }) => ok(await thresholds.all(scope, { actor, currency })),
  }),
  route({
    method: 'put',
    path: '/v1/variance-thresholds',
    permission: permissionTo.change,
    summary: 'Sets from what on differences in one currency are told, from the next sync on',
    audit: ['variance-threshold.changed'],
    body: NewVarianceThreshold,
    responses: { 200: VarianceThresholds },
    handler: async ({ scope, actor, tenant: { currency }, body }) =>
      ok(await thresholds.change(scope, { actor, currency }, body)),
  }),
];
