import { ok, route } from '@legendops/kit/http/route';
import { Worklist } from './contract.ts';
import type { WorklistService } from './service.ts';

export const worklistRoutes = (worklist: WorklistService) => [
  route({
    method: 'get',
    path: '/v1/worklist',
    permission: 'run.read',
    summary: 'Everything that waits for a person, counted and grouped by its cause, what has the most money first',
    responses: { 200: Worklist },
    handler: async ({ scope, actor, tenant }) => ok(await worklist.get(scope, actor, tenant)),
  }),
];
