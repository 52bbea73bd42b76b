import { Id } from '@legendops/kit/contract/values';
import { ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Product } from '../contract.ts';
import type { AdoptionService } from './adoption-service.ts';
import { Adoption, BaseMatch } from './contract.ts';

const params = z.strictObject({ productId: Id });

export const adoptionRoutes = (adoptions: AdoptionService) => [
  route({
    method: 'get',
    path: '/v1/products/{productId}/base-match',
    permission: 'base-product.read',
    summary: 'The product of the base catalog that an own one is by its part number, where it stands on none',
    params,
    responses: { 200: BaseMatch },
    handler: async ({ scope, params: { productId } }) => ok(await adoptions.match(scope, productId)),
  }),
  route({
    method: 'put',
    path: '/v1/products/{productId}/base',
    permission: 'product.write',
    summary: 'Has an own product stand on one of the base catalog: what differs stays its own, the rest follows',
    audit: ['product.adopted'],
    versioned: true,
    ifMatch: 'required',
    params,
    body: Adoption,
    responses: { 200: Product },
    handler: async ({ scope, params: { productId }, body: { key }, ifMatch: version }) =>
      okVersion(await adoptions.adopt(scope, { productId, version, key })),
  }),
  route({
    method: 'delete',
    path: '/v1/products/{productId}/base',
    permission: 'product.write',
    summary: 'Has a product follow the base catalog no more; it stays as it is',
    audit: ['product.let-go'],
    versioned: true,
    ifMatch: 'required',
    params,
    responses: { 200: Product },
    handler: async ({ scope, params: { productId }, ifMatch: version }) =>
      okVersion(await adoptions.letGo(scope, { productId, version })),
  }),
];
