import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { BaseField, Product } from '../contract.ts';
import { BaseProduct, BaseProductPage, BaseProductQuery, NewTakings, Takings } from './contract.ts';
import type { BaseCatalogService } from './service.ts';

export const baseCatalogRoutes = (base: BaseCatalogService) => [
  route({
    method: 'get',
    path: '/v1/base-products',
    permission: 'base-product.read',
    summary: 'The base catalog by key, with the own products that stand on it',
    query: BaseProductQuery,
    responses: { 200: BaseProductPage },
    handler: async ({ scope, query }) => ok(await base.page(scope, query)),
  }),
  route({
    method: 'get',
    path: '/v1/base-products/{baseKey}',
    permission: 'base-product.read',
    summary: 'One product of the base catalog, a retired one too',
    params: z.strictObject({ baseKey: z.string().max(64) }),
    responses: { 200: BaseProduct },
    handler: async ({ scope, params: { baseKey } }) => ok(await base.get(scope, baseKey)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/base-products/takings',
    permission: 'product.write',
    summary: 'Takes products of the base catalog into the own one: all of them, or none',
    audit: ['product.taken'],
    body: NewTakings,
    responses: { 201: Takings },
    handler: async ({ scope, body }, transaction) => created(await base.take(transaction, scope, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/products/{productId}/own-fields/{field}',
    permission: 'product.write',
    summary: 'Takes an own field back: it says what the base catalog does again, and follows it',
    audit: ['product.taken-back'],
    versioned: true,
    ifMatch: 'required',
    params: z.strictObject({ productId: Id, field: BaseField }),
    responses: { 200: Product },
    handler: async ({ scope, params, ifMatch }) =>
      okVersion(await base.takeBack(scope, { ...params, version: ifMatch })),
  }),
];
