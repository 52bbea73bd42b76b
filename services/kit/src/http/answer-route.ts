import type { Request, Response } from 'express';
import { allows } from '../contract/permissions.ts';
import type { AccessTokenVerifier, Actor } from '../auth/actor.ts';
import type { ServiceTokenVerifier, Workload } from '../auth/service-token.ts';
import type { RegisteredTenant, TenantRegistry } from '../db/tenant-registry.ts';
import { problem } from '../errors/problem.ts';
import { addToContext } from '../log/request-context.ts';
import { idempotently } from './idempotency.ts';
import { hasBody, readJsonBody, usualBodyBytes } from './json-body.ts';
import { parseParts, parseQuery } from './parse-input.ts';
import type { Allowance, RateLimit } from './rate-limit.ts';
import type { Answer, Route } from './route.ts';
import { wrongPlace } from './wrong-places.ts';
import { versionTagPattern } from './version-tag.ts';

/** What stands between a request and a handler. */
export interface Gates {
  verifyAccessToken: AccessTokenVerifier;
  verifyServiceToken: ServiceTokenVerifier;
  registry: TenantRegistry;
  rateLimit: RateLimit;
}

interface Options {
  gates: Gates;
  prefix: string;
  validateAnswers: boolean;
}

interface Caller {
  actor?: Actor;
  tenant?: RegisteredTenant;
  workload?: Workload;
  headers: Record<string, string>;
}

const anonymousPerMinute = 600;

const bearer = (request: Request): string => {
  const match = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '');
  if (!match?.[1]) throw problem('token.missing', { headers: { 'www-authenticate': 'Bearer' } });
  return match[1];
};

// One person has half of what the tenant has, so that a script of theirs does not lock the others out; and is counted
// first: what is refused to one person is not taken from the others.
const allowancesOf = ({ tenantId, memberId }: Actor, { requestsPerMinute }: RegisteredTenant): Allowance[] => [
  { name: 'person', key: `${tenantId}:${memberId}`, perMinute: Math.ceil(requestsPerMinute / 2) },
  { name: 'tenant', key: tenantId, perMinute: requestsPerMinute },
];

const admitPerson = async (
  request: Request,
  { gates }: Options,
  permission: Parameters<typeof allows>[1],
): Promise<Caller> => {
  const actor = await gates.verifyAccessToken(bearer(request));
  addToContext({ tenantId: actor.tenantId });
  const tenant = await gates.registry.find(actor.tenantId);
  if (!tenant) throw problem('tenant.unknown');
  if (tenant.state !== 'active') throw problem('tenant.suspended');
  const headers = await gates.rateLimit.take(...allowancesOf(actor, tenant));
  if (!allows(actor.role, permission))
    throw problem('permission.denied', { detail: `It needs the permission ${permission}` });
  return { actor, tenant, headers };
};

const admitWorkload = async (request: Request, { gates }: Options, callers: readonly string[]): Promise<Caller> => {
  const workload = await gates.verifyServiceToken(bearer(request));
  const names = [`${workload.namespace}/${workload.serviceAccount}`, `*/${workload.serviceAccount}`];
  if (!names.some((name) => callers.includes(name))) throw problem('permission.denied');
  return { workload, headers: {} };
};

const admit = async (route: Route, options: Options, request: Request): Promise<Caller> => {
  const { access } = route;
  if (access.kind === 'permission') return admitPerson(request, options, access.permission);
  if (access.kind === 'internal') return admitWorkload(request, options, access.callers);
  return {
    headers: await options.gates.rateLimit.take({
      name: 'address',
      key: request.ip ?? '',
      perMinute: anonymousPerMinute,
    }),
  };
};

const versionAsked = (route: Route, request: Request): number => {
  if (!route.requiresVersion) return 0;
  const header = request.headers['if-match'];
  if (header === undefined) throw problem('version.missing', { detail: 'Send the ETag that you read, as If-Match' });
  const match = versionTagPattern.exec(header);
  if (!match) throw problem('version.stale');
  return Number(match[1]);
};

const refuseBody = (request: Request): undefined => {
  if (hasBody(request)) throw wrongPlace(['body'], 'unexpected', 'This operation takes no body');
};

// Of all headers only set-cookie comes as a list, and no request carries it.
const singleValues = (request: Request): Record<string, string | undefined> =>
  request.headers as Record<string, string | undefined>;

const send = (response: Response, answer: Answer): void => {
  response.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.cookies) response.setHeader('set-cookie', answer.cookies);
  if (answer.body === undefined) response.end();
  else {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(answer.body));
  }
};

const checkAnswer = (route: Route, answer: Answer): void => {
  const schema = route.responses[answer.status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.path} answered ${answer.status}, which it does not declare`);
  if (schema !== null) schema.parse(answer.body);
};

/** One request through one route: admit, parse, act, answer. */
export const answerRoute = async (
  route: Route,
  options: Options,
  request: Request,
  response: Response,
): Promise<void> => {
  const { actor, tenant, workload, headers: limits } = await admit(route, options, request);
  const sent = route.body ? await readJsonBody(request, route.mostBodyBytes ?? usualBodyBytes) : refuseBody(request);
  const [params, query, body] = parseParts([
    { root: 'params', schema: route.params, value: request.params },
    { root: 'query', schema: route.query, value: parseQuery(request.url) },
    { root: 'body', schema: route.body, value: sent },
  ]);
  const scope = actor && { tenantId: actor.tenantId, customerId: actor.customerId };
  const input = {
    params,
    query,
    body,
    ifMatch: versionAsked(route, request),
    headers: singleValues(request),
    actor,
    scope,
    tenant,
    workload,
  } as never;
  const answer =
    route.idempotency && scope
      ? await idempotently(
          route.idempotency.database,
          {
            scope,
            route: `${route.method} ${options.prefix}${route.path}`,
            key: singleValues(request)['idempotency-key'],
            content: { params, query, body },
          },
          async (transaction) => route.handler(input, transaction),
        )
      : await route.handler(input);
  if (options.validateAnswers) checkAnswer(route, answer);
  if (
    answer.headers?.etag !== undefined &&
    request.method === 'GET' &&
    request.headers['if-none-match'] === answer.headers.etag
  ) {
    send(response, { status: 304, headers: { ...limits, ...answer.headers } });
    return;
  }
  send(response, { ...answer, headers: { ...limits, ...answer.headers } });
};
