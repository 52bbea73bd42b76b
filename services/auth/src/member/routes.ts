import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { Id } from '@legendops/kit/contract/values';
import { ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Member, MemberChange } from '../contract.ts';
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
  route({
    method: 'patch',
    path: '/v1/members/{memberId}',
    permission: 'member.write',
    summary: 'Disables or enables a member, or gives another role; their sessions and tokens end at once',
    versioned: true,
    audit: ['member.changed'],
    ifMatch: 'required',
    params: z.strictObject({ memberId: Id }),
    body: MemberChange,
    responses: { 200: Member },
    handler: async ({ actor, scope, params: { memberId }, body, ifMatch }) =>
      okVersion(await members.change({ ...actor, ...scope }, memberId, ifMatch, body)),
  }),
];
