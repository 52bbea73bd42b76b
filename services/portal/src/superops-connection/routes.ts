import { noContent, ok, route } from '@legendops/kit/http/route';
import { SuperOpsConnection, SuperOpsConnections, SuperOpsCredentials } from '../superops/contract.ts';
import { mayConnect, permissionTo } from './policy.ts';
import type { SuperOpsConnectionService } from './service.ts';

const path = '/v1/superops-connection';

export const superOpsConnectionRoutes = (connections: SuperOpsConnectionService) => [
  route({
    method: 'get',
    path,
    permission: permissionTo.read,
    summary: 'The link to SuperOps and its state',
    responses: { 200: SuperOpsConnections },
    handler: async ({ scope, actor }) =>
      ok({ connection: await connections.find(scope), acts: { connect: mayConnect(actor) } }),
  }),
  route({
    method: 'put',
    path,
    permission: permissionTo.connect,
    summary: 'Connects SuperOps, after SuperOps has accepted the token',
    audit: ['connection.made'],
    body: SuperOpsCredentials,
    responses: { 200: SuperOpsConnection },
    handler: async ({ scope, body }) => ok(await connections.connect(scope, body)),
  }),
  route({
    method: 'post',
    path: `${path}/checks`,
    permission: permissionTo.connect,
    summary: 'Asks SuperOps whether the connection works by now',
    audit: ['connection.refused'],
    responses: { 200: SuperOpsConnection },
    handler: async ({ scope }) => ok(await connections.check(scope)),
  }),
  route({
    method: 'delete',
    path,
    permission: permissionTo.disconnect,
    summary: 'Gives the account up: its token is not used any more, and another organisation may connect it',
    audit: ['connection.removed'],
    responses: { 204: null },
    handler: async ({ scope }) => {
      await connections.disconnect(scope);
      return noContent();
    },
  }),
];
