import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { NewRelation, ProductRelations, Relation } from './contract.ts';
import type { RelationService } from './service.ts';

const params = z.strictObject({ productId: Id });

export const relationRoutes = (relations: RelationService) => [
  route({
    method: 'get',
    path: '/v1/products/{productId}/relations',
    permission: 'product.read',
    summary: 'What a product has to do with others, all that it requires, and the newest in its place',
    params,
    responses: { 200: ProductRelations },
    handler: async ({ scope, params: { productId } }) => ok(await relations.of(scope, productId)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/products/{productId}/relations',
    permission: 'product.write',
    summary: 'Relates a product to another; what would lead back to itself is refused',
    audit: ['relation.created'],
    params,
    body: NewRelation,
    responses: { 201: Relation },
    handler: async ({ scope, params: { productId }, body }, transaction) =>
      created(await relations.create(transaction, scope, { ...body, of: productId })),
  }),
  route({
    method: 'delete',
    path: '/v1/products/{productId}/relations/{relationId}',
    permission: 'product.write',
    summary: 'Removes a relation of a product',
    audit: ['relation.removed'],
    params: z.strictObject({ productId: Id, relationId: Id }),
    responses: { 204: null },
    handler: async ({ scope, params: { productId, relationId } }) => {
      await relations.remove(scope, { id: relationId, productId });
      return noContent();
    },
  }),
];
