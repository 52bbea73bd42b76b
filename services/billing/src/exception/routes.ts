import { Id } from '@legendops/kit/contract/values';
import { noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { ExceptionPage, ExceptionQuery } from '../contract.ts';
import { permissionTo } from './policy.ts';
import type { ExceptionService } from './service.ts';

export const exceptionRoutes = (exceptions: ExceptionService) => [
  route({
    method: 'get',
    path: '/v1/exceptions',
    permission: 'run.read',
    summary: 'What could not be billed and waits for a person, newest first',
    query: ExceptionQuery,
    responses: { 200: ExceptionPage },
    handler: async ({ scope, actor, query }) => ok(await exceptions.page(scope, actor, query)),
  }),
  route({
    method: 'post',
    path: '/v1/exceptions/{exceptionId}/dismissal',
    permission: permissionTo.dismiss,
    summary: 'Says that a person has seen to it; it comes back only if a run has something else to say',
    audit: ['exception.dismissed'],
    params: z.strictObject({ exceptionId: Id }),
    responses: { 204: null },
    handler: async ({ scope, actor, params: { exceptionId } }) => {
      await exceptions.dismiss(scope, exceptionId, actor.memberId);
      return noContent();
    },
  }),
];
