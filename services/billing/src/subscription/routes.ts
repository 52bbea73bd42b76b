import { ok, route } from '@legendops/kit/http/route';
import { SubscriptionPage, SubscriptionQuery } from '../contract.ts';
import type { SubscriptionService } from './service.ts';

export const subscriptionRoutes = (subscriptions: SubscriptionService) => [
  route({
    method: 'get',
    path: '/v1/subscriptions',
    permission: 'usage.read',
    summary: 'Subscriptions at Pax8, by product',
    query: SubscriptionQuery,
    responses: { 200: SubscriptionPage },
    handler: async ({ actor, scope, query }) => ok(await subscriptions.page(scope, actor, query)),
  }),
];
