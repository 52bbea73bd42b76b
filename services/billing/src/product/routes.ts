import { ok, route } from '@legendops/kit/http/route';
import { BillableProducts } from '../contract.ts';
import type { ProductService } from './service.ts';

export const productRoutes = (products: ProductService) => [
  route({
    method: 'get',
    path: '/v1/products',
    permission: 'price-rule.read',
    summary: 'Products that customers have now or have used, by name: what a price rule can be for',
    responses: { 200: BillableProducts },
    handler: async ({ scope }) => ok({ data: await products.all(scope) }),
  }),
];
