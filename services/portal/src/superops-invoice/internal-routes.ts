import { SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import { Id, LocalDate } from '@legendops/kit/contract/values';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { z } from 'zod';
import type { ReadSuperOpsInvoices } from './service.ts';

export const internalSuperOpsInvoiceRoutes = (read: ReadSuperOpsInvoices) => [
  internalRoute({
    method: 'get',
    path: '/v1/tenants/{tenantId}/customers/{customerId}/superops-invoices',
    summary: 'What SuperOps invoices a customer by itself, of some days',
    callers: ['legendops/billing'],
    params: z.strictObject({ tenantId: Id, customerId: Id }),
    query: z.strictObject({ from: LocalDate, until: LocalDate }),
    responses: { 200: SuperOpsInvoices },
    handler: async ({ params: { tenantId, customerId }, query }) =>
      ok(await read({ tenantId }, { customerId, ...query })),
  }),
];
