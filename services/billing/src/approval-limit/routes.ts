import { ok, route } from '@legendops/kit/http/route';
import { ApprovalLimits, NewApprovalLimit } from '../invoice/contract.ts';
import { permissionTo, type ApprovalLimitService } from './service.ts';

export const approvalLimitRoutes = (limits: ApprovalLimitService) => [
  route({
    method: 'get',
    path: '/v1/approval-limits',
    permission: 'approval-limit.read',
    summary: 'Above which amount two persons approve, by currency',
    responses: { 200: ApprovalLimits },
    handler: async ({ scope, actor }) => ok(await limits.all(scope, actor)),
  }),
  route({
    method: 'put',
    path: '/v1/approval-limits',
    permission: permissionTo.change,
    summary: 'Sets or takes away the limit of one currency',
    audit: ['approval-limit.changed'],
    body: NewApprovalLimit,
    responses: { 200: ApprovalLimits },
    handler: async ({ scope, actor, body }) => ok(await limits.change(scope, actor, body)),
  }),
];
