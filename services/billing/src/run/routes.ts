import { PageQuery } from '@legendops/kit/contract/page';
import { ok, route } from '@legendops/kit/http/route';
import { RunPage } from '../contract.ts';
import type { RunService } from './service.ts';

export const runRoutes = (runs: RunService) => [
  route({
    method: 'get',
    path: '/v1/runs',
    permission: 'run.read',
    summary: 'Executions of the billing jobs, newest first',
    query: PageQuery,
    responses: { 200: RunPage },
    handler: async ({ scope, query }) => ok(await runs.page(scope, query)),
  }),
];
