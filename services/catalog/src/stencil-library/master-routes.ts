import { Id } from '@legendops/kit/contract/values';
import { okPicture } from '@legendops/kit/http/ok-picture';
import { created, idempotentRoute, noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import {
  ChosenMaster,
  MasterQuery,
  ProductMasters,
  StencilComparison,
  StencilMasterDetails,
  StencilMasterPage,
  StencilMasterSummary,
  VersionPair,
} from './contract.ts';
import type { StencilMasterService } from './master-service.ts';
import type { ProductMasterService } from './product-masters.ts';

const params = z.strictObject({ masterId: Id });
const ofProduct = z.strictObject({ productId: Id });

export const stencilMasterRoutes = (masters: StencilMasterService, products: ProductMasterService) => [
  route({
    method: 'get',
    path: '/v1/stencil-masters',
    permission: 'stencil.read',
    summary:
      'Masters of the newest versions of all stencils, or of one version; those with the searched beginnings of words',
    query: MasterQuery,
    responses: { 200: StencilMasterPage },
    handler: async ({ scope, query }) => ok(await masters.page(scope, query)),
  }),
  route({
    method: 'get',
    path: '/v1/stencil-masters/{masterId}',
    permission: 'stencil.read',
    summary: 'One master, with its properties and connection points, and what it draws',
    params,
    responses: { 200: StencilMasterDetails },
    handler: async ({ scope, params: { masterId } }) => ok(await masters.get(scope, masterId)),
  }),
  route({
    method: 'get',
    path: '/v1/stencil-masters/{masterId}/preview',
    permission: 'stencil.read',
    summary: 'A master drawn from its geometry, as an SVG that runs nothing and loads nothing',
    picture: 'image/svg+xml',
    params,
    responses: { 200: null },
    handler: async ({ scope, params: { masterId } }) =>
      okPicture('image/svg+xml', await masters.preview(scope, masterId)),
  }),
  route({
    method: 'get',
    path: '/v1/stencil-masters/{masterId}/icon',
    permission: 'stencil.read',
    summary: 'The icon that the stencil brings for a master',
    picture: 'image/png',
    params,
    responses: { 200: null },
    handler: async ({ scope, params: { masterId } }) => okPicture('image/png', await masters.icon(scope, masterId)),
  }),
  route({
    method: 'get',
    path: '/v1/stencils/{stencilId}/comparison',
    permission: 'stencil.read',
    summary: 'What became of each master from one version of a stencil to another',
    params: z.strictObject({ stencilId: Id }),
    query: VersionPair,
    responses: { 200: StencilComparison },
    handler: async ({ scope, params: { stencilId: id }, query }) => ok(await masters.compare(scope, { ...query, id })),
  }),
  route({
    method: 'get',
    path: '/v1/products/{productId}/stencil-masters',
    permission: 'product.read',
    summary: 'The masters that draw a product',
    params: ofProduct,
    responses: { 200: ProductMasters },
    handler: async ({ scope, params: { productId } }) => ok({ data: await products.of(scope, productId) }),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/products/{productId}/stencil-masters',
    permission: 'product.write',
    summary: 'Draws a product by a master; a new version of the stencil takes its place there',
    audit: ['product-master.linked'],
    params: ofProduct,
    body: ChosenMaster,
    responses: { 201: StencilMasterSummary },
    handler: async ({ scope, params: { productId }, body: { masterId } }, transaction) =>
      created(await products.link(transaction, scope, { productId, masterId })),
  }),
  route({
    method: 'delete',
    path: '/v1/products/{productId}/stencil-masters/{masterId}',
    permission: 'product.write',
    summary: 'Draws a product by a master no more',
    audit: ['product-master.unlinked'],
    params: ofProduct.extend({ masterId: Id }),
    responses: { 204: null },
    handler: async ({ scope, params: drawing }) => {
      await products.unlink(scope, drawing);
      return noContent();
    },
  }),
];
