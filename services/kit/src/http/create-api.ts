import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { messageOf } from '../errors/message-of.ts';
import { problem } from '../errors/problem.ts';
import type { Log } from '../log/logger.ts';
import { runInContext, type LogContext } from '../log/request-context.ts';
import { randomId } from '../log/random-ids.ts';
import { sampled } from '../log/sampled.ts';
import { continueTrace } from '../log/trace-context.ts';
import type { Gates } from './admission.ts';
import { answerRoute, type Exchange } from './answer-route.ts';
import { clientAddress } from './client-address.ts';
import { bodyOf, isFromClientLeaving, problemFor } from './error-answer.ts';
import { hasOneHost } from './host-header.ts';
import { openApiDocument } from './openapi.ts';
import { told } from './request-told.ts';
import type { Route } from './route.ts';
import { routeTable } from './route-table.ts';
import { sendAnswer } from './send-answer.ts';
import { strangerLimits } from './stranger-limits.ts';

export interface ApiOptions {
  /** Name of the service: it is in the paths and the OpenAPI document. */
  service: string;
  /** `/api/<service>` for people, `/internal` for workloads. */
  prefix: string;
  routes: readonly Route[];
  gates: Gates;
  /** Where answers to an Idempotency-Key are stored, with what was done. */
  database: TenantDatabase;
  log: Log;
  /** Checks every answer against its declared schema; for tests and development. */
  validateAnswers: boolean;
  /** Proxies of ours in front; without them a client's address is its socket's. */
  trustedProxyHops?: number;
}

interface Served {
  /** As the metrics call it. */
  pattern: string;
  answer: (exchange: Exchange) => Promise<void>;
}

const clientLeft = 499;
/** The document is some hundred times as large as a refusal, and asked for by who writes programs. */
const documentsPerMinute = 60;

/** The only way to mount a route. No I/O happens here. */
export const createApi = (options: ApiOptions): RequestListener => {
  const { service, prefix, routes, gates, log, trustedProxyHops = 0 } = options;
  const strangers = strangerLimits(gates.rateLimit);
  const sample = sampled();
  // Its port is never routed: who asks there is one of ours.
  const isInternal = prefix === '/internal';
  const find = routeTable<Served>(prefix, routes, (route) => ({
    pattern: prefix + route.path,
    answer: answerRoute(route, { ...options, strangers }),
  }));
  const documentPath = `${prefix}/openapi.json`;
  let document: string | undefined;

  const tell = (error: unknown, path: string): void => {
    const { status, code, detail, title } = problemFor(error);
    if (code === 'service.failed') {
      log.error({ err: error, code, path }, 'request failed');
      return;
    }
    const line = sample(code);
    if (!line) return;
    const about = { code, path: path.slice(0, 200), reason: detail ?? title, ...line };
    // What everybody meets while something is away is told a few times a minute, with its cause: each request would tell
    // the same.
    if (status >= 500) log.warn({ ...about, cause: messageOf(error) }, 'request failed');
    else log.info(about, 'request refused');
  };
  const refuse = (error: unknown, request: IncomingMessage, response: ServerResponse, context: LogContext): void => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const refusal = problemFor(error);
    sendAnswer(request, response, context, {
      status: refusal.status,
      headers: Object.entries(refusal.headers).flat(),
      contentType: 'application/problem+json; charset=utf-8',
      text: JSON.stringify(bodyOf(refusal, context.requestId ?? '')),
    });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse, context: LogContext): Promise<void> => {
    const startedAt = performance.now();
    const { method = 'GET', url = '' } = request;
    const queryAt = url.indexOf('?');
    const path = queryAt < 0 ? url : url.slice(0, queryAt);
    let pattern = 'none';
    try {
      if (!hasOneHost(request)) throw problem('request.invalid', { detail: 'There is more than one Host header' });
      const address = clientAddress(request, trustedProxyHops);
      if (path === documentPath && (method === 'GET' || method === 'HEAD')) {
        pattern = documentPath;
        const limit = { perMinute: documentsPerMinute };
        const headers = await strangers.takeStranger(limit, { request, address, route: documentPath });
        document ??= JSON.stringify(openApiDocument({ service, prefix, routes }));
        sendAnswer(request, response, context, { status: 200, headers, text: document });
      } else {
        const { served, params } = found(method, path, address);
        ({ pattern } = served);
        await served.answer({ request, response, params, address, context });
      }
    } catch (error) {
      if (isFromClientLeaving(error, response)) {
        told({ method, route: pattern, status: clientLeft }, startedAt, context);
        return;
      }
      tell(error, path);
      refuse(error, request, response, context);
    }
    told({ method, route: pattern, status: response.statusCode }, startedAt, context);
  };
  const found = (method: string, path: string, address: string) => {
    try {
      return find(method, path);
    } catch (error) {
      strangers.countNothingHere(address);
      throw error;
    }
  };

  return (request, response) => {
    const context: LogContext = {
      requestId: randomId(),
      ...continueTrace(request.headers.traceparent?.toString(), {
        name: 'request',
        kind: 'server',
        isOurs: isInternal,
      }),
    };
    runInContext(context, () => serve(request, response, context)).catch((error: unknown) => {
      log.error({ err: error }, 'a refusal could not be sent');
      response.destroy();
    });
  };
};
