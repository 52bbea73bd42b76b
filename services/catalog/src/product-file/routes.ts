import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import {
  AddedFile,
  NewShownFile,
  ProductPictures,
  ProductPicturesQuery,
  ShownFileChange,
  ShownFileOrder,
  ShownFiles,
} from './contract.ts';
import type { ProductFileService } from './service.ts';

const params = z.strictObject({ productId: Id });
const ofFile = z.strictObject({ productId: Id, fileId: Id });

export const productFileRoutes = (files: ProductFileService) => [
  route({
    method: 'get',
    path: '/v1/products/{productId}/files',
    permission: 'media.read',
    summary: 'Pictures and documents of a product, each with a signed address of minutes',
    params,
    responses: { 200: ShownFiles },
    handler: async ({ scope, params: { productId } }) => ok(await files.of(scope, productId)),
  }),
  route({
    method: 'get',
    path: '/v1/product-pictures',
    permission: 'media.read',
    summary: 'The main pictures of several products, as small as they are there, each with a signed address of minutes',
    query: ProductPicturesQuery,
    responses: { 200: ProductPictures },
    handler: async ({ scope, query: { productIds } }) => ok(await files.mainPictures(scope, productIds)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/products/{productId}/files',
    permission: 'product.write',
    summary: 'Adds a picture or a document that was uploaded, behind the others',
    audit: ['product-file.added'],
    params,
    body: NewShownFile,
    responses: { 201: AddedFile },
    handler: async ({ scope, params: { productId }, body }, transaction) =>
      created(await files.add(transaction, scope, { ...body, productId })),
  }),
  route({
    method: 'put',
    path: '/v1/products/{productId}/files/order',
    permission: 'product.write',
    summary: 'Puts all pictures, or all documents, in order: the first picture is the main one',
    audit: ['product-files.ordered'],
    params,
    body: ShownFileOrder,
    responses: { 204: null },
    handler: async ({ scope, params: { productId }, body }) => {
      await files.order(scope, productId, body);
      return noContent();
    },
  }),
  route({
    method: 'patch',
    path: '/v1/products/{productId}/files/{fileId}',
    permission: 'product.write',
    summary: 'Changes what is said of a file',
    audit: ['product-file.renamed'],
    params: ofFile,
    body: ShownFileChange,
    responses: { 204: null },
    handler: async ({ scope, params: file, body: { name } }) => {
      await files.rename(scope, file, name);
      return noContent();
    },
  }),
  route({
    method: 'delete',
    path: '/v1/products/{productId}/files/{fileId}',
    permission: 'product.write',
    summary: 'Removes a file of a product; its bytes go a day later, where nothing else has them',
    audit: ['product-file.removed'],
    params: ofFile,
    responses: { 204: null },
    handler: async ({ scope, params: file }) => {
      await files.remove(scope, file);
      return noContent();
    },
  }),
];
