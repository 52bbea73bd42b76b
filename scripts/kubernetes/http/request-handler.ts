import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '@legendops/kit/errors/message-of';
import { ApiError, pathNotFound } from '../object/api-error.ts';
import type { Identity } from '../identity/service-account-tokens.ts';
import { impersonated } from '../identity/impersonation.ts';
import { authorizer, type RequestAttributes } from './authorizer.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import { discovery } from './discovery.ts';
import { exchangeOf, sendJson, sendText, type Exchange } from './exchange.ts';
import { oldDocument } from './openapi-v2.ts';
import { openApi } from './openapi-v3.ts';
import { podLog } from './pod-log.ts';
import { requestTarget } from './request-target.ts';
import { resourceRoutes, type Located, type OpenStreams } from './resource-routes.ts';
import { reviewRoutes } from './review-routes.ts';

type Parts = { cluster: ClusterState; streams: OpenStreams; adminToken: string; issuer: () => string };

const admin: Identity = { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

const version = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.0-legendops',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'node',
  platform: `${process.platform}/${process.arch}`,
};

const verbs: Readonly<Record<string, (named: boolean) => string>> = {
  GET: (named) => (named ? 'get' : 'list'),
  HEAD: (named) => (named ? 'get' : 'list'),
  POST: () => 'create',
  PUT: () => 'update',
  PATCH: () => 'patch',
  DELETE: (named) => (named ? 'delete' : 'deletecollection'),
};

const attributesOfRequest = (
  { method, query }: Exchange,
  { kind, namespace, name, subresource }: Located,
): RequestAttributes => {
  const isWatch = method === 'GET' && name === undefined && ['true', '1'].includes(query.get('watch') ?? '');
  return {
    verb: isWatch ? 'watch' : (verbs[method]?.(name !== undefined) ?? method.toLowerCase()),
    group: kind.group,
    resource: subresource === undefined ? kind.plural : `${kind.plural}/${subresource}`,
    name,
    // A namespace's own requests are asked for inside it.
    namespace: kind.resource === '/namespaces' ? name : namespace,
  };
};

// The protobuf form of a document that has a version and nothing else: field 1, three bytes, "2.0".
const emptyDocument = '\n\u00032.0';

/** Answers every request to the API server; what is refused is a Status in kube's words. */
export const requestHandler = ({ cluster, streams, adminToken, issuer }: Parts) => {
  const { kinds, tokens, store } = cluster;
  const discover = discovery(kinds);
  const documents = openApi(kinds);
  const resources = resourceRoutes(cluster, streams);
  const access = authorizer(store);
  const reviews = reviewRoutes(cluster, { issuer, access });
  const log = podLog(cluster);

  const callerOf = async ({ request }: Exchange): Promise<Identity> => {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === adminToken) return admin;
    const found = token === undefined ? undefined : await tokens.verify(token);
    if (!found) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
    return found.identity;
  };
  const actingFor = async (exchange: Exchange): Promise<Identity> =>
    impersonated(await callerOf(exchange), exchange.request.headers);

  /** Paths that anyone may read. */
  const open: Readonly<Record<string, (exchange: Exchange) => void>> = {
    '/healthz': (exchange) => sendText(exchange, 200, 'ok', 'text/plain'),
    '/livez': (exchange) => sendText(exchange, 200, 'ok', 'text/plain'),
    '/readyz': (exchange) => sendText(exchange, 200, 'ok', 'text/plain'),
    '/version': (exchange) => sendJson(exchange, 200, version),
    '/openid/v1/jwks': (exchange) => sendText(exchange, 200, JSON.stringify(tokens.jwks()), 'application/jwk-set+json'),
    '/.well-known/openid-configuration': (exchange) =>
      sendJson(exchange, 200, {
        issuer: issuer(),
        jwks_uri: `${issuer()}/openid/v1/jwks`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
  };

  let oldText: { revision: number; text: string } | undefined;
  /** Old clients, and kubectl for a `kind: List`, validate by this; of what it does not describe they leave the judgement to us. */
  const sendOldDocument = (exchange: Exchange): void => {
    const protobuf = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
    if (exchange.accept.includes('protobuf')) return sendText(exchange, 200, emptyDocument, protobuf);
    if (oldText?.revision !== kinds.revision())
      oldText = {
        revision: kinds.revision(),
        text: JSON.stringify(oldDocument(documents.all(), version.gitVersion)),
      };
    return sendText(exchange, 200, oldText.text);
  };

  const documentRoutes = (exchange: Exchange): boolean => {
    const { path, accept } = exchange;
    if (path === '/openapi/v2') {
      sendOldDocument(exchange);
      return true;
    }
    if (path === '/openapi/v3') {
      sendJson(exchange, 200, documents.index());
      return true;
    }
    if (path.startsWith('/openapi/v3/')) {
      const text = documents.document(path.slice('/openapi/v3/'.length));
      if (text === undefined) throw pathNotFound();
      sendText(exchange, 200, text);
      return true;
    }
    const document = /^\/apis?(\/|$)/.test(path) ? discover(path.replace(/\/$/, ''), accept) : undefined;
    if (!document) return false;
    const isAggregated = 'kind' in document && document.kind === 'APIGroupDiscoveryList';
    const aggregatedType = `application/json;g=apidiscovery.k8s.io;v=${String((document as { apiVersion?: string }).apiVersion).split('/')[1]};as=APIGroupDiscoveryList`;
    sendText(exchange, 200, JSON.stringify(document), isAggregated ? aggregatedType : 'application/json');
    return true;
  };

  const locate = (path: string): Located => {
    const target = requestTarget(path);
    const kind = target && kinds.find(target.group, target.version, target.plural);
    if (!target || !kind || (target.namespace !== undefined && !kind.namespaced)) throw pathNotFound();
    const { namespace, name, subresource } = target;
    if (subresource !== undefined && !kind.subresources.some((each) => each.name === subresource)) throw pathNotFound();
    return { kind, namespace, name, subresource };
  };

  const route = async (exchange: Exchange): Promise<void> => {
    const { method, path } = exchange;
    const isRead = method === 'GET' || method === 'HEAD';
    const openRoute = isRead ? open[path.replace(/\/$/, '')] : undefined;
    if (openRoute) return openRoute(exchange);
    const caller = await actingFor(exchange);
    if (path === '/_control/compact' && method === 'POST') {
      access.require(caller, { verb: 'post', path });
      store.compact();
      return sendJson(exchange, 200, {});
    }
    if (isRead && documentRoutes(exchange)) return undefined;
    const located = locate(path);
    access.require(caller, attributesOfRequest(exchange, located));
    if (located.subresource === 'log') return log(exchange, located);
    if (located.subresource === 'token' && method === 'POST') return reviews.token(exchange, located);
    if (!located.kind.verbs.includes('get') && method === 'POST') return reviews.review(exchange, located, caller);
    return resources(exchange, located);
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = exchangeOf(request, response);
    route(exchange).catch((error: unknown) => {
      const known =
        error instanceof ApiError
          ? error
          : new ApiError(500, 'InternalError', `Internal error occurred: ${messageOf(error)}`);
      if (!(error instanceof ApiError))
        cluster.log(
          `${exchange.method} ${exchange.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      if (response.headersSent) response.destroy();
      else sendJson(exchange, known.code, known.status());
    });
  };
};
