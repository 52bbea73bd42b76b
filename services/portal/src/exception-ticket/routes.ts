import { Id } from '@legendops/kit/contract/values';
import { requireAllowed } from '@legendops/kit/auth/policy';
import { noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { ExceptionTicket, ExceptionTickets, NewExceptionTicket } from './contract.ts';
import { mayLink, maySeeExceptions, permissionTo, refusesLinking } from './policy.ts';
import type { ExceptionTicketService } from './service.ts';

const params = z.strictObject({ exceptionId: Id });

export const exceptionTicketRoutes = (tickets: ExceptionTicketService) => [
  route({
    method: 'get',
    path: '/v1/exception-tickets',
    permission: permissionTo.read,
    summary: 'Exceptions of the worklist that have a ticket in SuperOps, newest first',
    responses: { 200: ExceptionTickets },
    handler: async ({ scope, actor }) =>
      ok({ data: maySeeExceptions(actor) ? await tickets.all(scope) : [], acts: { link: mayLink(actor) } }),
  }),
  route({
    method: 'put',
    path: '/v1/exception-tickets/{exceptionId}',
    permission: permissionTo.link,
    summary: 'Says which ticket of its customer an exception has',
    audit: ['exception-ticket.linked'],
    params,
    body: NewExceptionTicket,
    responses: { 200: ExceptionTicket },
    handler: async ({ scope, actor, params: { exceptionId }, body }) => {
      requireAllowed(refusesLinking(actor));
      return ok(await tickets.link(scope, { exceptionId, ...body }));
    },
  }),
  route({
    method: 'delete',
    path: '/v1/exception-tickets/{exceptionId}',
    permission: permissionTo.link,
    summary: 'Takes a ticket off an exception; the ticket stays in SuperOps',
    audit: ['exception-ticket.unlinked'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, actor, params: { exceptionId }, ifMatch }) => {
      requireAllowed(refusesLinking(actor));
      await tickets.unlink(scope, { exceptionId, version: ifMatch });
      return noContent();
    },
  }),
];
