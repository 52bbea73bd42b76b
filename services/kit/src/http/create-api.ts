import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Log } from '../log/logger.ts';
import { problem } from '../errors/problem.ts';
import { bodyOf, problemFor } from './error-answer.ts';
import { openApiDocument } from './openapi.ts';
import { requestContext } from './request-context.ts';
import { answerRoute, type Gates } from './answer-route.ts';
import { requestMetrics } from './request-metrics.ts';
import { securityHeaders } from './security-headers.ts';
import type { Route } from './route.ts';

export interface ApiOptions {
  /** Name of the service: it is in the paths, the metrics and the OpenAPI document. */
  service: string;
  /** `/api/<service>` for people, `/internal` for workloads. */
  prefix: string;
  routes: readonly Route[];
  gates: Gates;
  log: Log;
  /** Checks every answer against its declared schema; for tests and development. */
  validateAnswers: boolean;
  /** Proxies of ours in front; without them a client's address is its socket's. */
  trustedProxyHops?: number;
}

/** The only way to mount a route. No I/O happens here. */
export const createApi = (options: ApiOptions): Express => {
  const { service, prefix, routes, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // versions are ours to say; hashing each body costs a quarter of the throughput
  app.set('query parser', false);
  app.set('trust proxy', options.trustedProxyHops ?? 0);
  app.enable('case sensitive routing');
  app.enable('strict routing');

  app.use((request: Request, response: Response, next: NextFunction) => {
    for (const [name, value] of securityHeaders) response.setHeader(name, value);
    requestContext(request, response, next);
  });
  app.use(requestMetrics(service));

  let document: string | undefined;
  app.get(`${prefix}/openapi.json`, (_request, response) => {
    document ??= JSON.stringify(openApiDocument({ service, prefix, routes }));
    response.type('application/json').send(document);
  });

  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = prefix + route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    app[route.method](path, (request: Request, response: Response) => answerRoute(route, options, request, response));
  }
  for (const [path, allowed] of methods) {
    app.all(path, () => {
      throw problem('route.method-not-allowed', { headers: { allow: allowed.join(', ') } });
    });
  }
  app.use(() => {
    throw problem('route.not-found');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    // Express itself throws for a path that is not valid percent-encoding.
    const refusal = error instanceof URIError ? problem('route.not-found') : problemFor(error);
    if (refusal.status >= 500) log.error({ err: error, code: refusal.code, path: request.path }, 'request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // What has not come yet of a refused request is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    response
      .status(refusal.status)
      .set(refusal.headers)
      .type('application/problem+json')
      .send(JSON.stringify(bodyOf(refusal, response.getHeader('x-request-id')?.toString() ?? '')));
  });
  return app;
};
