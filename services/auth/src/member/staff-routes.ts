import { Staff } from '@legendops/kit/contract/staff';
import { Id } from '@legendops/kit/contract/values';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { z } from 'zod';
import type { MemberService } from './service.ts';

/** For services that write to people: asked when they do, so that nobody is written to who has left. */
export const staffRoutes = (members: Pick<MemberService, 'staff'>) => [
  internalRoute({
    method: 'get',
    path: '/v1/tenants/{tenantId}/staff',
    summary: 'Who works for a tenant and may sign in',
    callers: ['legendops/billing'],
    params: z.strictObject({ tenantId: Id }),
    responses: { 200: Staff },
    handler: async ({ params: { tenantId } }) => ok(await members.staff({ tenantId })),
  }),
];
