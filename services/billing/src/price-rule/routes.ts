import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { EndOfRule, NewPriceRule, PriceRule, PriceRules } from './contract.ts';
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
    method: 'post',
    path: '/v1/price-rules/{priceRuleId}/end',
    permission: permissionTo.end,
    summary: 'Ends a rule on a day; what it priced before stays so',
    audit: ['price-rule.ended'],
    versioned: true,
    ifMatch: 'required',
    params: z.strictObject({ priceRuleId: Id }),
    body: EndOfRule,
    responses: { 200: PriceRule },
    handler: async ({ scope, actor, params: { priceRuleId: id }, body: { validTo }, ifMatch: version }) =>
      okVersion(await rules.end(scope, actor, { id, version, validTo })),
  }),
  route({
    method: 'delete',
    path: '/v1/price-rules/{priceRuleId}',
    permission: permissionTo.remove,
    summary: 'Removes a rule that priced nothing yet; drafts change with the next run',
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
