import { ForeignId, Id } from '@legendops/kit/contract/values';
import { ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Pax8Contacts, Pax8OrderPage, Pax8OrderQuery, Pax8PriceList, SubscriptionHistory } from './contract.ts';
import type { EvidenceService } from './service.ts';

const permission = 'evidence.read';
const ofCustomer = z.strictObject({ customerId: Id });

export const evidenceRoutes = (evidence: EvidenceService) => [
  route({
    method: 'get',
    path: '/v1/customers/{customerId}/pax8-contacts',
    permission,
    summary: 'The people of a customer, as Pax8 knows them',
    params: ofCustomer,
    responses: { 200: Pax8Contacts },
    handler: async ({ scope, params: { customerId } }) => ok(await evidence.contacts(scope, customerId)),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{customerId}/pax8-orders',
    permission,
    summary: 'What was ordered at Pax8 for a customer, the newest first',
    params: ofCustomer,
    query: Pax8OrderQuery,
    responses: { 200: Pax8OrderPage },
    handler: async ({ scope, params: { customerId }, query }) => ok(await evidence.orders(scope, customerId, query)),
  }),
  route({
    method: 'get',
    path: '/v1/subscriptions/{subscriptionId}/history',
    permission,
    summary: 'A subscription as a sequence of priced terms, with the orders behind them',
    params: z.strictObject({ subscriptionId: ForeignId }),
    responses: { 200: SubscriptionHistory },
    handler: async ({ scope, tenant, params: { subscriptionId } }) =>
      ok(await evidence.history(scope, tenant, subscriptionId)),
  }),
  route({
    method: 'get',
    path: '/v1/products/{productId}/pax8-prices',
    permission,
    summary: "Pax8's prices for a product since they were read first, and what our price leaves above them",
    params: z.strictObject({ productId: ForeignId }),
    responses: { 200: Pax8PriceList },
    handler: async ({ scope, tenant, params: { productId } }) => ok(await evidence.prices(scope, tenant, productId)),
  }),
];
