import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { created, idempotentRoute, ok, route } from '@legendops/kit/http/route';
import { Invitation, NewInvitation } from '../contract.ts';
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
    query: PageQuery,
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
    handler: async ({ scope, body }, transaction) => created(await invitations.invite(transaction, scope, body)),
  }),
];
