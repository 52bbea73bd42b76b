import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import { permissions } from '../contract/permissions.ts';
import { ProblemBody } from '../contract/problem.ts';
import { idempotencyKeyPattern } from './idempotency.ts';
import type { Route } from './route.ts';
import { versionTagPattern } from './version-tag.ts';

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemBody } },
});

const refusals = (route: Route): Record<string, ReturnType<typeof problemAnswer>> => ({
  '400': problemAnswer('The request is not valid'),
  ...(route.access.kind !== 'public' && {
    '401': problemAnswer('No valid token'),
    '403': problemAnswer('Not allowed'),
  }),
  ...(route.path.includes('{') && { '404': problemAnswer('Not there, or not yours') }),
  ...(route.requiresVersion && {
    '412': problemAnswer('Changed meanwhile'),
    '428': problemAnswer('If-Match is needed'),
  }),
  ...(route.idempotency && {
    '409': problemAnswer('In flight, or not in the right state'),
    '422': problemAnswer('Key reused'),
  }),
  '429': problemAnswer('Too many requests'),
});

const security = (route: Route) => {
  if (route.access.kind === 'permission') return [{ accessToken: [] }];
  return route.access.kind === 'internal' ? [{ serviceToken: [] }] : [];
};

const access = (route: Route): Record<string, unknown> => {
  if (route.access.kind === 'permission') {
    return { 'x-permission': route.access.permission, 'x-roles': permissions[route.access.permission] };
  }
  return route.access.kind === 'internal' ? { 'x-callers': route.access.callers } : {};
};

const IdempotencyKey = z
  .string()
  .regex(idempotencyKeyPattern)
  .meta({ description: 'Of the caller; a request that comes again under it is answered as the first time' });
const IfMatch = z.string().regex(versionTagPattern).meta({ description: 'The ETag that was read' });

const requiredHeaders = ({ idempotency, requiresVersion }: Route) => ({
  ...(idempotency && { 'idempotency-key': IdempotencyKey }),
  ...(requiresVersion && { 'if-match': IfMatch }),
});

const operation = (route: Route, service: string): ZodOpenApiOperationObject => ({
  operationId: `${route.method} ${route.path}`.replaceAll(
    /[^a-zA-Z0-9]+(.)?/g,
    (_, next: string | undefined) => next?.toUpperCase() ?? '',
  ),
  summary: route.summary,
  tags: [service],
  security: security(route),
  ...access(route),
  requestParams: {
    ...(route.params && { path: route.params as z.ZodObject }),
    ...(route.query && { query: route.query as z.ZodObject }),
    ...((route.idempotency || route.requiresVersion) && { header: z.object(requiredHeaders(route)) }),
  },
  ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
  responses: {
    ...Object.fromEntries(
      Object.entries(route.responses).map(([status, schema]) => [
        status,
        schema ? { description: 'Done', content: { 'application/json': { schema } } } : { description: 'Done' },
      ]),
    ),
    ...refusals(route),
  },
});

/** OpenAPI 3.1 of everything that is mounted; permission and roles stand at each operation. */
export const openApiDocument = ({
  service,
  prefix,
  routes,
}: {
  service: string;
  prefix: string;
  routes: readonly Route[];
}) => {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = prefix + route.path;
    paths[path] = { ...paths[path], [route.method]: operation(route, service) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: `LegendOps ${service}`, version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'From POST /api/auth/v1/token',
        },
        serviceToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'A Kubernetes service account token for this service',
        },
      },
    },
  });
};
