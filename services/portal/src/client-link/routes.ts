import { noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { ClientLinks, ConfirmedClientLink, NewClientLink } from '../superops/contract.ts';
import { SuperOpsId } from '../superops/objects.ts';
import { mayConfirm, permissionTo } from './policy.ts';
import type { ClientLinkService } from './service.ts';

const params = z.strictObject({ clientId: SuperOpsId });

export const clientLinkRoutes = (links: ClientLinkService) => [
  route({
    method: 'get',
    path: '/v1/client-links',
    permission: permissionTo.read,
    summary: 'Every client in SuperOps, and who it is here or may be',
    responses: { 200: ClientLinks },
    handler: async ({ scope, actor }) => ok({ ...(await links.all(scope)), acts: { confirm: mayConfirm(actor) } }),
  }),
  route({
    method: 'get',
    path: '/v1/client-links/export',
    permission: permissionTo.read,
    summary: 'Every client in SuperOps and its link as a table (CSV)',
    responses: { 200: null },
    handler: async ({ scope }) => ({ status: 200, csv: { name: 'client-links.csv', text: await links.asCsv(scope) } }),
  }),
  route({
    method: 'put',
    path: '/v1/client-links/{clientId}',
    permission: permissionTo.confirm,
    summary: 'Confirms which customer a client in SuperOps is',
    audit: ['client-link.confirmed'],
    params,
    body: NewClientLink,
    responses: { 200: ConfirmedClientLink },
    handler: async ({ scope, params: { clientId }, body }) => ok(await links.confirm(scope, { clientId, ...body })),
  }),
  route({
    method: 'delete',
    path: '/v1/client-links/{clientId}',
    permission: permissionTo.confirm,
    summary: 'Takes a link back: a person is asked again',
    audit: ['client-link.removed'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, params: { clientId }, ifMatch }) => {
      await links.remove(scope, { clientId, version: ifMatch });
      return noContent();
    },
  }),
];
