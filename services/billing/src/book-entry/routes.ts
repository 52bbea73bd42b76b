import { Id } from '@legendops/kit/contract/values';
import { idempotentRoute, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Acceptance, BookEntry, PostingAnew, VoidingRequest } from './contract.ts';
import { permissionTo } from './policy.ts';
import type { BookEntryService } from './service.ts';

const params = z.strictObject({ invoiceId: Id });

export const bookEntryRoutes = (entries: BookEntryService) => [
  route({
    method: 'get',
    path: '/v1/invoices/{invoiceId}/book-entry',
    permission: 'posting.read',
    summary: 'What QuickBooks has of an invoice: what is paid, and what a person has changed there',
    params,
    responses: { 200: BookEntry },
    handler: async ({ scope, actor, tenant: { timeZone }, params: { invoiceId } }) =>
      ok(await entries.get(scope, { actor, invoiceId, timeZone })),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/voiding',
    permission: permissionTo.void,
    summary: 'Voids a posted invoice in QuickBooks; the answer says voiding, the book entry says how it ended',
    audit: ['invoice.void-requested'],
    params,
    body: VoidingRequest,
    responses: { 202: BookEntry },
    handler: async ({ scope, actor, tenant: { timeZone }, params: { invoiceId }, body }, transaction) => ({
      status: 202,
      body: await entries.void(transaction, scope, { ...body, actor, invoiceId, timeZone }),
    }),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/acceptance',
    permission: permissionTo.accept,
    summary: 'Says that what was changed of it in QuickBooks is right',
    audit: ['invoice.books-accepted'],
    params,
    body: Acceptance,
    responses: { 200: BookEntry },
    handler: async ({ scope, actor, tenant: { timeZone }, params: { invoiceId }, body }, transaction) =>
      ok(await entries.accept(transaction, scope, { ...body, actor, invoiceId, timeZone })),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/posting-anew',
    permission: permissionTo.postAnew,
    summary: 'Posts once more what was voided or deleted in QuickBooks, under another number',
    audit: ['invoice.posting-requested'],
    params,
    body: PostingAnew,
    responses: { 202: BookEntry },
    handler: async ({ scope, actor, tenant: { timeZone }, params: { invoiceId }, body }, transaction) => ({
      status: 202,
      body: await entries.postAnew(transaction, scope, { ...body, actor, invoiceId, timeZone }),
    }),
  }),
];
