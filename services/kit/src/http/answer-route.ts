import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LogContext } from '../log/request-context.ts';
import { admissionOf, type Caller, type Gates } from './admission.ts';
import { problem } from '../errors/problem.ts';
import { idempotently } from './idempotency.ts';
import { hasBody, readJsonBody, usualBodyBytes } from './json-body.ts';
import { parseParts, parseQuery } from './parse-input.ts';
import type { Answer, Route } from './route.ts';
import { sendAnswer } from './send-answer.ts';
import type { StrangerLimits } from './stranger-limits.ts';
import { versionTagPattern } from './version-tag.ts';
import { wrongPlace } from './wrong-places.ts';

export interface Options {
  gates: Gates;
  strangers: StrangerLimits;
  prefix: string;
  validateAnswers: boolean;
}

/** One request on its way through its route. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  params: Readonly<Record<string, string>>;
  address: string;
  context: LogContext;
}

const versionAsked = ({ requiresVersion }: Route, request: IncomingMessage): number => {
  if (!requiresVersion) return 0;
  const header = request.headers['if-match'];
  if (header === undefined) throw problem('version.missing', { detail: 'Send the ETag that you read, as If-Match' });
  const match = versionTagPattern.exec(header);
  if (!match) throw problem('version.stale');
  return Number(match[1]);
};

const refuseBody = (request: IncomingMessage): undefined => {
  if (hasBody(request)) throw wrongPlace(['body'], 'unexpected', 'This operation takes no body');
};

// Of all headers only set-cookie comes as a list, and no request carries it.
const singleValues = (request: IncomingMessage): Record<string, string | undefined> =>
  request.headers as Record<string, string | undefined>;

/** Aborts when the client leaves; made only for a handler that asks for it. */
const leavingOf = (response: ServerResponse): AbortSignal => {
  const leaving = new AbortController();
  if (response.destroyed) leaving.abort();
  else response.once('close', () => leaving.abort());
  return leaving.signal;
};

const checkAnswer = (route: Route, answer: Answer): void => {
  const schema = route.responses[answer.status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.path} answered ${answer.status}, which it does not declare`);
  if (schema !== null) schema.parse(answer.body);
};

const send = ({ request, response, context }: Exchange, limits: readonly string[], answer: Answer): void => {
  const headers = answer.headers === undefined ? limits : [...limits, ...Object.entries(answer.headers).flat()];
  const etag = answer.headers?.etag;
  if (etag !== undefined && request.method === 'GET' && request.headers['if-none-match'] === etag) {
    sendAnswer(request, response, context, { status: 304, headers });
    return;
  }
  const text = answer.body === undefined ? undefined : JSON.stringify(answer.body);
  sendAnswer(request, response, context, { status: answer.status, headers, cookies: answer.cookies, text });
};

/** How requests of one route are answered: admit, read, parse, act, answer. */
export const answerRoute = (route: Route, options: Options): ((exchange: Exchange) => Promise<void>) => {
  const { idempotency, handler, mostBodyBytes = usualBodyBytes } = route;
  const admit = admissionOf(route, options.gates, options.strangers);
  const name = `${route.method} ${options.prefix}${route.path}`;

  const act = async ({ request, response, params: given }: Exchange, caller: Caller): Promise<Answer> => {
    const sent = route.body ? await readJsonBody(request, mostBodyBytes) : refuseBody(request);
    const [params, query, body] = parseParts([
      { root: 'params', schema: route.params, value: given },
      { root: 'query', schema: route.query, value: parseQuery(request.url ?? '') },
      { root: 'body', schema: route.body, value: sent },
    ]);
    const { actor, tenant, workload } = caller;
    const scope = actor && { tenantId: actor.tenantId, customerId: actor.customerId };
    const input = {
      params,
      query,
      body,
      ifMatch: versionAsked(route, request),
      headers: singleValues(request),
      get signal() {
        return leavingOf(response);
      },
      actor,
      scope,
      tenant,
      workload,
    } as never;
    if (!idempotency || !scope) return handler(input);
    const key = singleValues(request)['idempotency-key'];
    const content = { params, query, body };
    return idempotently(idempotency.database, { scope, route: name, key, content }, async (transaction) =>
      handler(input, transaction),
    );
  };

  return async (exchange) => {
    const caller = await admit(exchange);
    const answer = await act(exchange, caller);
    if (options.validateAnswers) checkAnswer(route, answer);
    send(exchange, caller.limits, answer);
  };
};
