import { ForeignId } from '@legendops/kit/contract/values';
import { noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { ConfirmedSeatItem, NewSeatItem, SeatItems } from './contract.ts';
import { mayConfirm, permissionTo } from './policy.ts';
import type { SeatItemService } from './service.ts';

const params = z.strictObject({ productId: ForeignId });

export const seatItemRoutes = (items: SeatItemService) => [
  route({
    method: 'get',
    path: '/v1/seat-items',
    permission: permissionTo.read,
    summary: 'Every product at Pax8, and which item in SuperOps it is or may be',
    responses: { 200: SeatItems },
    handler: async ({ scope, actor }) => ok({ ...(await items.all(scope)), acts: { confirm: mayConfirm(actor) } }),
  }),
  route({
    method: 'put',
    path: '/v1/seat-items/{productId}',
    permission: permissionTo.confirm,
    summary: 'Confirms which item in SuperOps a product at Pax8 is',
    audit: ['seat-item.confirmed'],
    params,
    body: NewSeatItem,
    responses: { 200: ConfirmedSeatItem },
    handler: async ({ scope, params: { productId }, body }) => ok(await items.confirm(scope, { productId, ...body })),
  }),
  route({
    method: 'delete',
    path: '/v1/seat-items/{productId}',
    permission: permissionTo.confirm,
    summary: 'Takes a link back: a person is asked again',
    audit: ['seat-item.removed'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, params: { productId }, ifMatch }) => {
      await items.remove(scope, { productId, version: ifMatch });
      return noContent();
    },
  }),
];
