import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { ok, route } from '@legendops/kit/http/route';
import { Member } from '../contract.ts';
import type { MemberService } from './service.ts';

const MemberPage = pageOf(Member).meta({ id: 'MemberPage' });

export const memberRoutes = (members: MemberService) => [
  route({
    method: 'get',
    path: '/v1/members',
    permission: 'member.read',
    summary: 'Who may sign in here',
    query: PageQuery,
    responses: { 200: MemberPage },
    handler: async ({ scope, query }) => ok(await members.page(scope, query)),
  }),
];
