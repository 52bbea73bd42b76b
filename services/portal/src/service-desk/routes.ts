import { Id } from '@legendops/kit/contract/values';
import { problem } from '@legendops/kit/errors/problem';
import { idempotencyKeyPattern } from '@legendops/kit/http/idempotency';
import { created, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import type { ExceptionTicket } from '../exception-ticket/contract.ts';
import { maySeeExceptions } from '../exception-ticket/policy.ts';
import type { ExceptionTicketService } from '../exception-ticket/service.ts';
import { SuperOpsId } from '../superops/objects.ts';
import {
  DeskContacts,
  Devices,
  ListQuery,
  NewDeskContact,
  NewTicket,
  TicketChoices,
  TicketDetail,
  TicketReply,
  Tickets,
  Written,
} from './contract.ts';
import { mayWrite, permissionTo } from './policy.ts';
import type { ServiceDesk } from './service.ts';

const params = z.strictObject({ customerId: Id });
const ticketParams = z.strictObject({ customerId: Id, ticketId: SuperOpsId });

// Of the same header as idempotent routes, but what it does is SuperOps's: no transaction of ours can hold it.
const keyOf = (headers: Readonly<Record<string, string | undefined>>): string => {
  const key = headers['idempotency-key'];
  if (key === undefined) throw problem('idempotency.missing');
  if (!idempotencyKeyPattern.test(key))
    throw problem('request.invalid', {
      places: [{ pointer: '/headers/idempotency-key', code: 'invalid', detail: '1 to 255 visible characters' }],
    });
  return key;
};

const presentException = ({ exceptionId, detail }: ExceptionTicket) => ({ exceptionId, detail });

export const serviceDeskRoutes = (desk: ServiceDesk, exceptions: Pick<ExceptionTicketService, 'ofTicket'>) => [
  route({
    method: 'get',
    path: '/v1/customers/{customerId}/tickets',
    permission: permissionTo.read,
    summary: 'The tickets of a customer in SuperOps that changed last',
    params,
    query: ListQuery,
    responses: { 200: Tickets },
    handler: async ({ scope, actor, params: { customerId }, query }) =>
      ok({ ...(await desk.tickets(scope, customerId, query)), acts: { write: mayWrite(actor) } }),
  }),
  route({
    method: 'post',
    path: '/v1/customers/{customerId}/tickets',
    permission: permissionTo.write,
    summary: 'A new ticket in SuperOps, one for each Idempotency-Key',
    audit: ['ticket.created', 'exception-ticket.linked'],
    params,
    body: NewTicket,
    responses: { 201: Written },
    handler: async ({ scope, params: { customerId }, headers, body }) =>
      created({ id: await desk.create(scope, customerId, keyOf(headers), body) }),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{customerId}/tickets/{ticketId}',
    permission: permissionTo.read,
    summary: 'One ticket with its conversation, oldest first',
    params: ticketParams,
    responses: { 200: TicketDetail },
    handler: async ({ scope, actor, params: { customerId, ticketId } }) =>
      ok({
        ...(await desk.ticket(scope, customerId, ticketId)),
        exceptions: (maySeeExceptions(actor) ? await exceptions.ofTicket(scope, ticketId) : []).map(presentException),
      }),
  }),
  route({
    method: 'post',
    path: '/v1/customers/{customerId}/tickets/{ticketId}/replies',
    permission: permissionTo.write,
    summary: 'Answers a ticket, once for each Idempotency-Key',
    audit: ['ticket.answered'],
    params: ticketParams,
    body: TicketReply,
    responses: { 201: Written },
    handler: async ({ scope, params: of, headers, body }) =>
      created({ id: await desk.reply(scope, of, keyOf(headers), body) }),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{customerId}/contacts',
    permission: permissionTo.read,
    summary: 'The people of a customer in SuperOps',
    params,
    query: ListQuery,
    responses: { 200: DeskContacts },
    handler: async ({ scope, actor, params: { customerId }, query }) =>
      ok({ ...(await desk.contacts(scope, customerId, query)), acts: { write: mayWrite(actor) } }),
  }),
  route({
    method: 'post',
    path: '/v1/customers/{customerId}/contacts',
    permission: permissionTo.write,
    summary: 'A new contact in SuperOps, one for each Idempotency-Key',
    audit: ['contact.created'],
    params,
    body: NewDeskContact,
    responses: { 201: Written },
    handler: async ({ scope, params: { customerId }, headers, body }) =>
      created({ id: await desk.createContact(scope, customerId, keyOf(headers), body) }),
  }),
  route({
    method: 'get',
    path: '/v1/ticket-choices',
    permission: permissionTo.write,
    summary: 'The names of states and priorities that SuperOps takes',
    responses: { 200: TicketChoices },
    handler: async ({ scope }) => ok(await desk.choices(scope)),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{customerId}/devices',
    permission: permissionTo.read,
    summary: 'The devices of a customer in SuperOps, with warranty and when each was last seen',
    params,
    query: ListQuery,
    responses: { 200: Devices },
    handler: async ({ scope, params: { customerId }, query }) => ok(await desk.devices(scope, customerId, query)),
  }),
];
