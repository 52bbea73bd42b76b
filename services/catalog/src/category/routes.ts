import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Category, CategoryChange, CategoryTree, NewCategory } from './contract.ts';
import type { CategoryService } from './service.ts';

const params = z.strictObject({ categoryId: Id });

export const categoryRoutes = (categories: CategoryService) => [
  route({
    method: 'get',
    path: '/v1/categories',
    permission: 'product.read',
    summary: 'The tree of categories',
    responses: { 200: CategoryTree },
    handler: async ({ scope }) => ok({ data: await categories.all(scope) }),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/categories',
    permission: 'product.write',
    summary: 'A new category',
    audit: ['category.created'],
    body: NewCategory,
    responses: { 201: Category },
    handler: async ({ scope, body }, transaction) => created(await categories.create(transaction, scope, body)),
  }),
  route({
    method: 'patch',
    path: '/v1/categories/{categoryId}',
    permission: 'product.write',
    summary: 'Renames or moves a category with all that is below it',
    audit: ['category.changed'],
    versioned: true,
    ifMatch: 'required',
    params,
    body: CategoryChange,
    responses: { 200: Category },
    handler: async ({ scope, params: { categoryId }, body, ifMatch }) =>
      okVersion(await categories.change(scope, categoryId, ifMatch, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/categories/{categoryId}',
    permission: 'product.write',
    summary: 'Removes an empty category',
    audit: ['category.removed'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, params: { categoryId }, ifMatch }) => {
      await categories.remove(scope, categoryId, ifMatch);
      return noContent();
    },
  }),
];
