import { idempotentRoute, ok, route } from '@legendops/kit/http/route';
import { ImportOutcome, longestFile, ProductFile } from './contract.ts';
import type { ProductImportService } from './service.ts';

// JSON writes a character as six bytes at most.
const mostBodyBytes = longestFile * 6;

export const productImportRoutes = (imports: ProductImportService) => [
  route({
    method: 'post',
    path: '/v1/product-imports/preview',
    permission: 'product.write',
    summary: 'What an import would do with each row; nothing is written',
    audit: { none: 'It says what an import would do and writes nothing' },
    mostBodyBytes,
    body: ProductFile,
    responses: { 200: ImportOutcome },
    handler: async ({ scope, body }) => ok(await imports.preview(scope, body)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/product-imports',
    permission: 'product.write',
    summary: 'Makes and changes products as a file says; all rows, or none',
    audit: ['products.imported'],
    mostBodyBytes,
    body: ProductFile,
    responses: { 200: ImportOutcome },
    handler: async ({ scope, body }, transaction) => ok(await imports.apply(transaction, scope, body)),
  }),
  route({
    method: 'get',
    path: '/v1/products/export',
    permission: 'product.read',
    summary: 'All products as a table (CSV) that can be imported again',
    responses: { 200: null },
    handler: async ({ scope }) => ({ status: 200, csv: { name: 'products.csv', text: await imports.asCsv(scope) } }),
  }),
];
