import { ChangesQuery } from '@legendops/kit/contract/changes';
import { ok, route } from '@legendops/kit/http/route';
import { Changes } from '../contract.ts';
import type { ChangeService } from './service.ts';

export const changeRoutes = (changes: ChangeService) => [
  route({
    method: 'get',
    path: '/v1/changes',
    // Of everybody; what is told is what the role may read.
    permission: 'session.read',
    waits: true,
    summary: 'What others have changed since, for an open portal to wait for',
    query: ChangesQuery,
    responses: { 200: Changes },
    handler: async ({ scope, actor, query: { after, wait }, signal }) =>
      ok(await changes.after({ scope, role: actor.role, after, waitMs: wait * 1_000, signal })),
  }),
];
