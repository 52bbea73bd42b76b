import { ok, route } from '@legendops/kit/http/route';
import { UsagePage, UsageQuery } from '../contract.ts';
import type { UsageService } from './service.ts';

export const usageRoutes = (usage: UsageService) => [
  route({
    method: 'get',
    path: '/v1/usage-lines',
    permission: 'usage.read',
    summary: 'Usage by day as Pax8 told it, newest first',
    query: UsageQuery,
    responses: { 200: UsagePage },
    handler: async ({ actor, scope, query }) => ok(await usage.page(scope, actor, query)),
  }),
];
