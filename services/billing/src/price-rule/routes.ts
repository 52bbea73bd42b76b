import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { NewPriceRule, PriceRule, PriceRules } from '../contract.ts';
import { permissionTo } from './policy.ts';
import type { PriceRuleService } from './service.ts';

export const priceRuleRoutes = (rules: PriceRuleService) => [
  route({
    method: 'get',
    path: '/v1/price-rules',
    permission: 'price-rule.read',
    summary: 'The price book',
    responses: { 200: PriceRules },
    handler: async ({ scope, actor }) => ok({ data: await rules.all(scope, actor) }),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/price-rules',
    permission: permissionTo.create,
    summary: 'A new rule of the price book',
    audit: ['price-rule.created'],
    body: NewPriceRule,
    responses: { 201: PriceRule },
    handler: async ({ actor, scope, body }, transaction) =>
      created(await rules.create(transaction, { ...actor, ...scope }, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/price-rules/{priceRuleId}',
    permission: permissionTo.remove,
    summary: 'Removes a rule; drafts change with the next run',
    audit: ['price-rule.removed'],
    ifMatch: 'required',
    params: z.strictObject({ priceRuleId: Id }),
    responses: { 204: null },
    handler: async ({ scope, params: { priceRuleId }, ifMatch }) => {
      await rules.remove(scope, priceRuleId, ifMatch);
      return noContent();
    },
  }),
];
