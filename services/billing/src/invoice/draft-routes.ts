import { Id } from '@legendops/kit/contract/values';
import { idempotentRoute, ok } from '@legendops/kit/http/route';
import { z } from 'zod';
import { InvoiceDetail } from '../contract.ts';
import { DraftEdit, Hold, Rejection, TakingBack } from './contract.ts';
import type { DraftService } from './draft-service.ts';
import { permissionTo } from './policy.ts';

const params = z.strictObject({ invoiceId: Id });

export const draftRoutes = (drafts: DraftService) => [
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/edits',
    permission: permissionTo.edit,
    summary: 'Changes a line of a draft, adds one, or takes such a change back',
    audit: ['invoice.edited'],
    params,
    body: DraftEdit,
    responses: { 200: InvoiceDetail },
    handler: async ({ actor, scope, params: { invoiceId }, body }, transaction) =>
      ok(await drafts.edit(transaction, { ...actor, ...scope }, invoiceId, body)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/hold',
    permission: permissionTo.hold,
    summary: 'Holds a draft: nobody approves it until a day, or until it is released',
    audit: ['invoice.held'],
    params,
    body: Hold,
    responses: { 200: InvoiceDetail },
    handler: async ({ actor, scope, tenant: { timeZone }, params: { invoiceId }, body }, transaction) =>
      ok(await drafts.hold(transaction, { ...actor, ...scope }, invoiceId, { ...body, timeZone })),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/release',
    permission: permissionTo.release,
    summary: 'Ends a hold',
    audit: ['invoice.released'],
    params,
    responses: { 200: InvoiceDetail },
    handler: async ({ actor, scope, params: { invoiceId } }, transaction) =>
      ok(await drafts.release(transaction, { ...actor, ...scope }, invoiceId)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/rejection',
    permission: permissionTo.reject,
    summary: 'Rejects a draft: its things are drafted anew, or left unbilled',
    audit: ['invoice.rejected'],
    params,
    body: Rejection,
    responses: { 200: InvoiceDetail },
    handler: async ({ actor, scope, params: { invoiceId }, body }, transaction) =>
      ok(await drafts.reject(transaction, { ...actor, ...scope }, invoiceId, body)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/taking-back',
    permission: permissionTo.takeBack,
    summary: 'Takes an approval or a rejection back, until the invoice is sent',
    audit: ['invoice.taken-back'],
    params,
    body: TakingBack,
    responses: { 200: InvoiceDetail },
    handler: async ({ actor, scope, params: { invoiceId }, body }, transaction) =>
      ok(await drafts.takeBack(transaction, { ...actor, ...scope }, invoiceId, body.reason)),
  }),
];
