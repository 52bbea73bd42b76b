import { Id } from '@legendops/kit/contract/values';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Customer } from '../contract.ts';
import type { CustomerService } from './service.ts';

/** What other services ask about one customer. */
export const internalCustomerRoutes = (customers: Pick<CustomerService, 'get'>) => [
  internalRoute({
    method: 'get',
    path: '/v1/tenants/{tenantId}/customers/{customerId}',
    summary: 'One customer of a tenant, as it is now',
    callers: ['legendops/auth'],
    params: z.strictObject({ tenantId: Id, customerId: Id }),
    responses: { 200: Customer },
    handler: async ({ params: { tenantId, customerId } }) => ok(await customers.get({ tenantId }, customerId)),
  }),
];
