import { ok, route } from '@legendops/kit/http/route';
import { AuditPage, AuditQuery } from '../contract.ts';
import type { AuditTrail } from './service.ts';

export const auditRoutes = (trail: AuditTrail) => [
  route({
    method: 'get',
    path: '/v1/audit-entries',
    permission: 'audit.read',
    summary: 'Who did what, newest first',
    query: AuditQuery,
    responses: { 200: AuditPage },
    handler: async ({ scope, tenant, query }) => ok(await trail.page(scope, query, tenant.timeZone)),
  }),
];
