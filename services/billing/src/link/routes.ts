import { Id } from '@legendops/kit/contract/values';
import { noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import {
  NewBookChoices,
  Books,
  EntryQuery,
  Link,
  LinkPage,
  LinkQuery,
  NewLink,
  NewQuickBooksCustomer,
  QuickBooksEntries,
} from './contract.ts';
import { permissionTo } from './policy.ts';
import type { LinkService } from './service.ts';

export const linkRoutes = (links: LinkService) => [
  route({
    method: 'get',
    path: '/v1/links',
    permission: permissionTo.read,
    summary: 'Who each customer is in QuickBooks, or may be',
    query: LinkQuery,
    responses: { 200: LinkPage },
    handler: async ({ scope, actor, query }) => ok(await links.page(scope, actor, query)),
  }),
  route({
    method: 'get',
    path: '/v1/links/export',
    permission: permissionTo.read,
    summary: 'Every link as a table (CSV)',
    responses: { 200: null },
    handler: async ({ scope }) => ({ status: 200, csv: { name: 'links.csv', text: await links.asCsv(scope) } }),
  }),
  route({
    method: 'get',
    path: '/v1/links/entries',
    permission: permissionTo.read,
    summary: 'What can be linked to in QuickBooks, by a part of its name',
    query: EntryQuery,
    responses: { 200: QuickBooksEntries },
    handler: async ({ scope, query }) => ok(await links.entries(scope, query)),
  }),
  route({
    method: 'put',
    path: '/v1/links',
    permission: permissionTo.choose,
    summary: 'Confirms who or what something is in QuickBooks, and posts what waited for it',
    audit: ['link.confirmed', 'invoice.posting-requested'],
    body: NewLink,
    responses: { 200: Link },
    handler: async ({ scope, actor, body }) => ok(await links.confirm(scope, actor, body)),
  }),
  route({
    method: 'put',
    path: '/v1/links/new-customer',
    permission: permissionTo.choose,
    summary: 'Has a new customer made in QuickBooks, with the next invoice',
    audit: ['link.confirmed', 'invoice.posting-requested'],
    body: NewQuickBooksCustomer,
    responses: { 200: Link },
    handler: async ({ scope, actor, body }) => ok(await links.make(scope, actor, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/links/{linkId}',
    permission: permissionTo.choose,
    summary: 'Takes a link back; the rule for all holds, or a person is asked again',
    audit: ['link.removed'],
    ifMatch: 'required',
    params: z.strictObject({ linkId: Id }),
    responses: { 204: null },
    handler: async ({ scope, params: { linkId }, ifMatch }) => {
      await links.remove(scope, linkId, ifMatch);
      return noContent();
    },
  }),
  route({
    method: 'get',
    path: '/v1/books',
    permission: permissionTo.read,
    summary: 'How the QuickBooks company keeps its books, and what was chosen for it',
    responses: { 200: Books },
    handler: async ({ scope, actor }) => ok(await links.books(scope, actor)),
  }),
  route({
    method: 'put',
    path: '/v1/books',
    permission: permissionTo.choose,
    summary: 'The date of invoices, and what becomes of those of a month that the books have closed',
    audit: ['books.changed', 'invoice.posting-requested'],
    body: NewBookChoices,
    responses: { 200: Books },
    handler: async ({ scope, actor, body }) => ok(await links.choose(scope, actor, body)),
  }),
];
