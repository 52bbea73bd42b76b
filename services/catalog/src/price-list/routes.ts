import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { NewPrice, NewPriceList, Price, PriceList, PriceLists, PriceQuery, ProductPrices } from './contract.ts';
import type { PriceListService } from './service.ts';

const params = z.strictObject({ priceListId: Id });

export const priceListRoutes = (lists: PriceListService, today: (timeZone: string) => string) => [
  route({
    method: 'get',
    path: '/v1/price-lists',
    permission: 'price-list.read',
    summary: 'Price lists, each of one currency',
    responses: { 200: PriceLists },
    handler: async ({ scope }) => ok({ data: await lists.all(scope) }),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/price-lists',
    permission: 'price-list.write',
    summary: 'A new price list',
    audit: ['price-list.created'],
    body: NewPriceList,
    responses: { 201: PriceList },
    handler: async ({ scope, body }, transaction) => created(await lists.create(transaction, scope, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/price-lists/{priceListId}',
    permission: 'price-list.write',
    summary: 'Removes a price list with its prices',
    audit: ['price-list.removed'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, params: { priceListId }, ifMatch }) => {
      await lists.remove(scope, priceListId, ifMatch);
      return noContent();
    },
  }),
  route({
    method: 'put',
    path: '/v1/price-lists/{priceListId}/prices',
    permission: 'price-list.write',
    summary: 'The price of a product from a day on; null ends it',
    audit: ['price.set'],
    params,
    body: NewPrice,
    responses: { 200: Price },
    handler: async ({ scope, params: { priceListId }, body }) => ok(await lists.set(scope, { ...body, priceListId })),
  }),
  route({
    method: 'get',
    path: '/v1/products/{productId}/prices',
    permission: 'price-list.read',
    summary: 'What a product costs on a day by each list; a bundle without a price of its own costs what its parts do',
    params: z.strictObject({ productId: Id }),
    query: PriceQuery,
    responses: { 200: ProductPrices },
    handler: async ({ scope, tenant, params: { productId }, query }) => {
      const on = query.on ?? today(tenant.timeZone);
      return ok({ on, data: await lists.of(scope, { id: productId, on }) });
    },
  }),
];
