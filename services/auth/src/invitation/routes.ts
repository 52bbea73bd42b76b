import { pageOf } from '@legendops/kit/contract/page';
import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Invitation, InvitationChange, InvitationQuery, NewInvitation } from '../contract.ts';
import type { InvitationService } from './service.ts';

const InvitationPage = pageOf(Invitation).meta({ id: 'InvitationPage' });

export const invitationRoutes = (invitations: InvitationService) => [
  route({
    method: 'get',
    path: '/v1/invitations',
    permission: 'member.read',
    summary: 'Who was invited',
    query: InvitationQuery,
    responses: { 200: InvitationPage },
    handler: async ({ scope, query }) => ok(await invitations.page(scope, query)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invitations',
    permission: 'member.invite',
    summary: 'Invites a person by mail',
    audit: ['invitation.created'],
    body: NewInvitation,
    responses: { 201: Invitation },
    handler: async ({ actor, scope, body }, transaction) =>
      created(await invitations.invite(transaction, { ...actor, ...scope }, body)),
  }),
  route({
    method: 'patch',
    path: '/v1/invitations/{invitationId}',
    permission: 'member.invite',
    summary: 'Revokes an open invitation, or mails it again with another link',
    audit: ['invitation.mailed-again', 'invitation.revoked'],
    versioned: true,
    ifMatch: 'required',
    params: z.strictObject({ invitationId: Id }),
    body: InvitationChange,
    responses: { 200: Invitation },
    handler: async ({ actor, scope, params: { invitationId }, body, ifMatch }) =>
      okVersion(await invitations.change({ ...actor, ...scope }, invitationId, ifMatch, body)),
  }),
];
