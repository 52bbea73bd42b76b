import { Id } from '@legendops/kit/contract/values';
import { created, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { NewSeatPush, SeatPushApproval, SeatPushDetail, SeatPushes, SeatPushRejection } from './contract.ts';
import { mayPrepare, permissionTo } from './policy.ts';
import type { SeatPushService } from './service.ts';

const params = z.strictObject({ pushId: Id });

export const seatPushRoutes = (pushes: SeatPushService) => [
  route({
    method: 'get',
    path: '/v1/seat-pushes',
    permission: permissionTo.read,
    summary: 'Months whose seats at Pax8 were set against contracts in SuperOps, newest first',
    responses: { 200: SeatPushes },
    handler: async ({ scope, actor }) => ok({ data: await pushes.newest(scope), acts: { prepare: mayPrepare(actor) } }),
  }),
  route({
    method: 'post',
    path: '/v1/seat-pushes',
    permission: permissionTo.prepare,
    summary: 'Compares a month with the contracts as they are now: its draft, in the place of the one before',
    audit: ['seat-push.prepared'],
    body: NewSeatPush,
    responses: { 201: SeatPushDetail },
    handler: async ({ scope, actor, body }) => created(await pushes.prepare(scope, actor, body)),
  }),
  route({
    method: 'get',
    path: '/v1/seat-pushes/{pushId}',
    permission: permissionTo.read,
    summary: 'One month with every change, and what keeps the others from being one',
    params,
    responses: { 200: SeatPushDetail },
    handler: async ({ scope, actor, params: { pushId } }) => ok(await pushes.get(scope, actor, pushId)),
  }),
  route({
    method: 'post',
    path: '/v1/seat-pushes/{pushId}/approval',
    permission: permissionTo.approve,
    summary: 'Approves the changes that were seen',
    audit: ['seat-push.approved'],
    params,
    body: SeatPushApproval,
    responses: { 200: SeatPushDetail },
    handler: async ({ scope, actor, params: { pushId }, body }) => ok(await pushes.approve(scope, actor, pushId, body)),
  }),
  route({
    method: 'post',
    path: '/v1/seat-pushes/{pushId}/rejection',
    permission: permissionTo.reject,
    summary: 'Rejects the changes, or those of them that are not sent yet',
    audit: ['seat-push.rejected'],
    params,
    body: SeatPushRejection,
    responses: { 200: SeatPushDetail },
    handler: async ({ scope, actor, params: { pushId }, body }) => ok(await pushes.reject(scope, actor, pushId, body)),
  }),
  route({
    method: 'post',
    path: '/v1/seat-pushes/{pushId}/sending',
    permission: permissionTo.send,
    summary: 'Sends what is approved and waits, each change once however often it is asked for',
    audit: ['contract.quantity-changed'],
    params,
    responses: { 200: SeatPushDetail },
    handler: async ({ scope, actor, params: { pushId } }) => ok(await pushes.send(scope, actor, pushId)),
  }),
];
