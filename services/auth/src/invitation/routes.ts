import { pageOf } from '@legendops/kit/contract/page';
import { Id } from '@legendops/kit/contract/values';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { created, idempotentRoute, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Invitation, InvitationChange, InvitationQuery, NewInvitation } from '../contract.ts';
import type { InvitationService } from './service.ts';

const InvitationPage = pageOf(Invitation).meta({ id: 'InvitationPage' });

export const invitationRoutes = ({
  invitations,
  database,
}: {
  invitations: InvitationService;
  database: TenantDatabase;
}) => [
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
    database,
    body: NewInvitation,
    responses: { 201: Invitation },
    handler: async ({ actor, body }, transaction) => created(await invitations.invite(transaction, actor, body)),
  }),
  route({
    method: 'patch',
    path: '/v1/invitations/{invitationId}',
    permission: 'member.invite',
    summary: 'Revokes an open invitation, or mails it again with another link',
    versioned: true,
    ifMatch: 'required',
    params: z.strictObject({ invitationId: Id }),
    body: InvitationChange,
    responses: { 200: Invitation },
    handler: async ({ actor, params: { invitationId }, body, ifMatch }) =>
      okVersion(await invitations.change(actor, invitationId, ifMatch, body)),
  }),
];
