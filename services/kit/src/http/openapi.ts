import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { z } from 'zod';
import { permissions } from '../contract/permissions.ts';
import { ProblemBody } from '../contract/problem.ts';
import { idempotencyKeyPattern } from './idempotency.ts';
import { actsOf, type Route } from './route.ts';
import { versionTagPattern } from './version-tag.ts';

const text = z.string();

/** One component of the document for each, which operations refer to. */
const refusal = (id: string, description: string, headers?: Record<string, z.ZodType>): ZodOpenApiResponseObject => ({
  id,
  description,
  ...(headers && { headers: z.object(headers) }),
  content: { 'application/problem+json': { schema: ProblemBody } },
});
const retryAfter = { 'Retry-After': text.meta({ description: 'Seconds' }) };
const known = {
  invalid: refusal('Invalid', 'The request is not valid'),
  noToken: refusal('NoToken', 'No valid token', { 'WWW-Authenticate': text.optional() }),
  notAllowed: refusal('NotAllowed', 'Not allowed'),
  notThere: refusal('NotThere', 'Not there, or not yours'),
  otherMethod: refusal('OtherMethod', 'This method is not available here', { Allow: text }),
  wrongState: refusal('WrongState', 'In flight, or not in the right state', { 'Retry-After': text.optional() }),
  stale: refusal('Stale', 'Changed meanwhile'),
  tooLarge: refusal('TooLarge', 'The body is too large'),
  notJson: refusal('NotJson', 'The body must be application/json'),
  keyReused: refusal('KeyReused', 'The Idempotency-Key was used for another request'),
  noVersion: refusal('NoVersion', 'If-Match is needed'),
  tooMany: refusal('TooMany', 'Too many requests', retryAfter),
  failed: refusal('Failed', 'Something went wrong on our side'),
  unavailable: refusal('Unavailable', 'Cannot answer at the moment', retryAfter),
};

const refusals = (route: Route): Record<string, ZodOpenApiResponseObject> => ({
  '400': known.invalid,
  ...(route.access.kind !== 'public' && { '401': known.noToken, '403': known.notAllowed }),
  ...(route.path.includes('{') && { '404': known.notThere }),
  '405': known.otherMethod,
  ...(route.idempotent && { '409': known.wrongState, '422': known.keyReused }),
  ...(route.ifMatch && { '412': known.stale, '428': known.noVersion }),
  ...(route.body && { '413': known.tooLarge, '415': known.notJson }),
  '429': known.tooMany,
  '500': known.failed,
  '503': known.unavailable,
});

const answerHeaders = (route: Route, status: string): z.ZodObject | undefined => {
  if (status === '302') return z.object({ Location: text });
  if (route.versioned && (status === '200' || status === '304'))
    return z.object({
      ETag: z.string().regex(versionTagPattern).meta({ description: 'For If-Match and If-None-Match' }),
    });
  if (route.picture !== undefined)
    return z.object({ ETag: text.meta({ description: 'For If-None-Match: it never changes' }) });
  return undefined;
};

const answers = (route: Route): Record<string, ZodOpenApiResponseObject> => {
  // A version that the client has is not sent again.
  const kept = route.versioned ?? route.picture !== undefined;
  const unchanged: Route['responses'] = kept && route.method === 'get' ? { 304: null } : {};
  return Object.fromEntries(
    Object.entries({ ...route.responses, ...unchanged }).map(([status, schema]) => {
      const headers = answerHeaders(route, status);
      return [
        status,
        {
          description: status === '304' ? 'Unchanged' : 'Done',
          ...(headers && { headers }),
          ...(schema && { content: { 'application/json': { schema } } }),
          ...(status === '200' && route.picture && { content: { [route.picture]: {} } }),
        },
      ];
    }),
  );
};

const security = (route: Route) => {
  if (route.access.kind === 'permission') return [{ accessToken: [] }];
  return route.access.kind === 'internal' ? [{ serviceToken: [] }] : [];
};

const audit = (route: Route): Record<string, unknown> => (actsOf(route).length > 0 ? { 'x-audit': actsOf(route) } : {});

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

const requiredHeaders = ({ idempotent, ifMatch }: Route) => ({
  ...(idempotent && { 'idempotency-key': IdempotencyKey }),
  ...(ifMatch && { 'if-match': IfMatch }),
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
  ...audit(route),
  requestParams: {
    ...(route.params && { path: route.params as z.ZodObject }),
    ...(route.query && { query: route.query as z.ZodObject }),
    ...((route.idempotent || route.ifMatch) && { header: z.object(requiredHeaders(route)) }),
  },
  ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
  responses: { ...answers(route), ...refusals(route) },
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
