import { OpenException } from '@legendops/kit/contract/open-exception';
import { Id } from '@legendops/kit/contract/values';
import { problem } from '@legendops/kit/errors/problem';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { z } from 'zod';
import type { ExceptionStore } from './store.ts';

/** What other services ask about one exception. */
export const internalExceptionRoutes = (exceptions: Pick<ExceptionStore, 'open'>) => [
  internalRoute({
    method: 'get',
    path: '/v1/tenants/{tenantId}/exceptions/{exceptionId}',
    summary: 'One exception that is open',
    callers: ['legendops/portal'],
    params: z.strictObject({ tenantId: Id, exceptionId: Id }),
    responses: { 200: OpenException },
    handler: async ({ params: { tenantId, exceptionId } }) => {
      const row = await exceptions.open({ tenantId }, exceptionId);
      if (!row) throw problem('exception.not-found');
      return ok({ id: row.id, customerId: row.customer_id, detail: row.detail });
    },
  }),
];
