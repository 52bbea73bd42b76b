import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import {
  BulkChange,
  BulkOutcome,
  NewProduct,
  Product,
  ProductChange,
  ProductFacets,
  ProductFilter,
  ProductPage,
  ProductQuery,
} from '../contract.ts';
import type { ProductService } from './service.ts';

const params = z.strictObject({ productId: Id });

export const productRoutes = (products: ProductService) => [
  route({
    method: 'get',
    path: '/v1/products',
    permission: 'product.read',
    summary: 'Products, newest first; those with the searched beginnings of words',
    query: ProductQuery,
    responses: { 200: ProductPage },
    handler: async ({ scope, query }) => ok(await products.page(scope, query)),
  }),
  route({
    method: 'get',
    path: '/v1/products/facets',
    permission: 'product.read',
    summary: 'How many products each further choice of a filter would leave',
    query: ProductFilter,
    responses: { 200: ProductFacets },
    handler: async ({ scope, query }) => ok(await products.facets(scope, query)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/products/bulk-changes',
    permission: 'product.write',
    summary: 'Changes many products alike: all of them, or none',
    audit: ['product.changed'],
    body: BulkChange,
    responses: { 200: BulkOutcome },
    handler: async ({ scope, body }, transaction) => ok(await products.changeMany(transaction, scope, body)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/products',
    permission: 'product.write',
    summary: 'A new product',
    audit: ['product.created'],
    body: NewProduct,
    responses: { 201: Product },
    handler: async ({ scope, body }, transaction) => created(await products.create(transaction, scope, body)),
  }),
  route({
    method: 'get',
    path: '/v1/products/{productId}',
    permission: 'product.read',
    summary: 'One product',
    versioned: true,
    params,
    responses: { 200: Product },
    handler: async ({ scope, params: { productId } }) => okVersion(await products.get(scope, productId)),
  }),
  route({
    method: 'patch',
    path: '/v1/products/{productId}',
    permission: 'product.write',
    summary: 'Changes a product',
    audit: ['product.changed'],
    versioned: true,
    ifMatch: 'required',
    params,
    body: ProductChange,
    responses: { 200: Product },
    handler: async ({ scope, params: { productId }, body, ifMatch }) =>
      okVersion(await products.change(scope, productId, ifMatch, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/products/{productId}',
    permission: 'product.write',
    summary: 'Removes a product',
    audit: ['product.removed'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, params: { productId }, ifMatch }) => {
      await products.remove(scope, productId, ifMatch);
      return noContent();
    },
  }),
];
