import { Id } from '@legendops/kit/contract/values';
import { idempotentRoute, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Approval, InvoiceDetail, InvoicePage, Settlement } from '../contract.ts';
import { ApprovalFates, Approvals } from './contract.ts';
import { InvoiceFilter, InvoiceQuery } from './invoice-query.ts';
import { permissionTo } from './policy.ts';
import type { InvoiceService } from './service.ts';

const params = z.strictObject({ invoiceId: Id });

export const invoiceRoutes = (invoices: InvoiceService) => [
  route({
    method: 'get',
    path: '/v1/invoices',
    permission: 'invoice.read',
    summary: 'Invoices, newest first',
    query: InvoiceQuery,
    responses: { 200: InvoicePage },
    handler: async ({ scope, actor, query }) => ok(await invoices.page(scope, actor, query)),
  }),
  route({
    method: 'get',
    path: '/v1/invoices/export',
    permission: permissionTo.seePayments,
    summary: 'Invoices as a table (CSV), with what is paid of each; its last row says that it is whole',
    query: InvoiceFilter,
    responses: { 200: null },
    handler: async ({ scope, query }) => ({
      status: 200,
      csv: { name: 'invoices.csv', text: invoices.asCsv(scope, query) },
    }),
  }),
  route({
    method: 'get',
    path: '/v1/invoices/{invoiceId}',
    permission: 'invoice.read',
    summary: 'One invoice with its lines',
    versioned: true,
    params,
    responses: { 200: InvoiceDetail },
    handler: async ({ scope, actor, params: { invoiceId } }) => okVersion(await invoices.get(scope, actor, invoiceId)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/approval',
    permission: permissionTo.approve,
    summary: 'Approves what the person saw',
    audit: ['invoice.approved', 'invoice.approved-first'],
    params,
    body: Approval,
    responses: { 200: InvoiceDetail },
    handler: async ({ actor, scope, params: { invoiceId }, body }, transaction) =>
      ok(await invoices.approve(transaction, { ...actor, ...scope }, invoiceId, body.contentHash)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoice-approvals',
    permission: permissionTo.approve,
    summary: 'Approves many at once, and says what became of each',
    audit: ['invoice.approved', 'invoice.approved-first'],
    body: Approvals,
    responses: { 200: ApprovalFates },
    handler: async ({ actor, scope, body }, transaction) =>
      ok({ data: await invoices.approveAll(transaction, { ...actor, ...scope }, body.invoices) }),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/posting',
    permission: permissionTo.post,
    summary: 'Posts an approved invoice to QuickBooks; the answer says posting, the invoice says how it ended',
    audit: ['invoice.posting-requested'],
    params,
    responses: { 202: InvoiceDetail },
    handler: async ({ actor, scope, params: { invoiceId } }, transaction) => ({
      status: 202,
      body: await invoices.post(transaction, { ...actor, ...scope }, invoiceId),
    }),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/invoices/{invoiceId}/settlement',
    permission: permissionTo.settle,
    summary: 'Says what became of a posting that cannot be looked for any more, with what proves it',
    audit: ['invoice.settled-by-hand'],
    params,
    body: Settlement,
    responses: { 200: InvoiceDetail },
    handler: async ({ actor, scope, params: { invoiceId }, body }, transaction) =>
      ok(await invoices.settle(transaction, { ...actor, ...scope }, invoiceId, body)),
  }),
];
