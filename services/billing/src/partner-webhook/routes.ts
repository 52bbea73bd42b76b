import { Id } from '@legendops/kit/contract/values';
import { noContent, ok, publicRoute, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Pax8Webhook } from './contract.ts';
import { permissionTo, type Pax8WebhookService } from './service.ts';

const mostBytes = 256 * 1024;
// All that Pax8 sends, of all tenants, comes from a few addresses.
const perMinute = 6_000;

export const pax8WebhookRoutes = (webhooks: Pax8WebhookService) => [
  route({
    method: 'get',
    path: '/v1/pax8-webhook',
    permission: permissionTo.read,
    summary: 'Whether Pax8 tells us of changes as they happen',
    responses: { 200: Pax8Webhook },
    handler: async ({ scope, actor }) => ok(await webhooks.get(scope, actor)),
  }),
  route({
    method: 'put',
    path: '/v1/pax8-webhook',
    permission: permissionTo.turn,
    summary: 'Makes a webhook at Pax8, in place of the one before',
    audit: ['pax8-webhook.turned-on'],
    responses: { 200: Pax8Webhook },
    handler: async ({ scope, actor }) => ok(await webhooks.turnOn(scope, actor)),
  }),
  route({
    method: 'delete',
    path: '/v1/pax8-webhook',
    permission: permissionTo.turn,
    summary: 'Removes the webhook at Pax8, and believes nobody who goes on',
    audit: ['pax8-webhook.turned-off'],
    responses: { 204: null },
    handler: async ({ scope }) => {
      await webhooks.turnOff(scope);
      return noContent();
    },
  }),
  publicRoute({
    method: 'post',
    path: '/v1/pax8-events/{tenantId}/{webhookId}',
    summary: 'Where Pax8 says that a subscription has changed: a hint, by which the next sync reads it',
    audit: { none: 'Nothing is changed: what is read of it is told by the sync' },
    limit: { perMinute },
    mostBodyBytes: mostBytes,
    params: z.strictObject({ tenantId: Id, webhookId: Id }),
    body: z.unknown(),
    responses: { 200: z.object({}) },
    handler: async ({ params: { tenantId, webhookId }, headers: { authorization }, body }) => {
      await webhooks.take({ tenantId }, webhookId, { authorization, delivery: body });
      return ok({});
    },
  }),
];
