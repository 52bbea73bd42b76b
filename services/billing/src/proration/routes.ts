import { ok, route } from '@legendops/kit/http/route';
import { NewProration, ProrationSetting } from './contract.ts';
import { permissionTo } from './policy.ts';
import type { ProrationService } from './service.ts';

export const prorationRoutes = (proration: ProrationService) => [
  route({
    method: 'get',
    path: '/v1/proration',
    permission: 'price-rule.read',
    summary: 'How days of a month become a share of its price',
    responses: { 200: ProrationSetting },
    handler: async ({ scope, actor }) => ok(await proration.get(scope, actor)),
  }),
  route({
    method: 'put',
    path: '/v1/proration',
    permission: permissionTo.change,
    summary: 'Counts days in another way, from a month on in which nothing is approved',
    audit: ['proration.changed'],
    body: NewProration,
    responses: { 200: ProrationSetting },
    handler: async ({ scope, actor, body }) => ok(await proration.change(scope, actor, body)),
  }),
];
