import { Id } from '@legendops/kit/contract/values';
import { noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { NewSuperOpsChoice, SuperOpsChoice, SuperOpsChoices } from './contract.ts';
import { permissionTo, type SuperOpsChoiceService } from './service.ts';

export const superOpsChoiceRoutes = (choices: SuperOpsChoiceService) => [
  route({
    method: 'get',
    path: '/v1/superops-choices',
    permission: permissionTo.read,
    summary: 'Customers that we invoice although SuperOps invoices them, too',
    responses: { 200: SuperOpsChoices },
    handler: async ({ scope, actor }) => ok(await choices.all(scope, actor)),
  }),
  route({
    method: 'put',
    path: '/v1/superops-choices',
    permission: permissionTo.choose,
    summary: 'Says that a customer is invoiced here, too, and posts what waited for that',
    audit: ['superops-choice.made', 'invoice.posting-requested'],
    body: NewSuperOpsChoice,
    responses: { 200: SuperOpsChoice },
    handler: async ({ scope, actor, body }) => ok(await choices.choose(scope, actor, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/superops-choices/{choiceId}',
    permission: permissionTo.choose,
    summary: 'Takes it back: a person is asked before the next invoice',
    audit: ['superops-choice.removed'],
    params: z.strictObject({ choiceId: Id }),
    responses: { 204: null },
    handler: async ({ scope, params: { choiceId } }) => {
      await choices.remove(scope, choiceId);
      return noContent();
    },
  }),
];
