import { silentLog } from './silent-log.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { accessTokenAudience, accessTokenType, accessTokenVerifier } from '../auth/access-token.ts';
import type { Actor } from '../auth/actor.ts';
import type { SessionCheck } from '../auth/session-check.ts';
import { serviceTokenVerifier } from '../auth/service-token.ts';
import { platformDatabase, serviceDatabase } from '../db/tenant-database.ts';
import { tenantRegistry } from '../db/tenant-registry.ts';
import { createApi } from '../http/create-api.ts';
import { rateLimit } from '../http/rate-limit.ts';
import type { Route } from '../http/route.ts';
import type { DatabasePool } from '../db/pool.ts';
import type { Log } from '../log/logger.ts';

const issuer = 'http://issuer.test';

/** Keys of a pretended auth service and cluster, and tokens by them. */
export interface TestIssuer {
  jwk: JWK;
  privateKey: CryptoKey;
  accessToken(actor: Partial<Actor> & { tenantId: string }, spoilt?: SpoiltToken): Promise<string>;
  serviceToken(workload: { namespace: string; serviceAccount: string; audience: string }): Promise<string>;
}

/** One thing wrong with an access token. */
export interface SpoiltToken {
  issuer?: string;
  audience?: string;
  type?: string;
  expiresAt?: number;
  key?: CryptoKey;
}

export const sessionId = '0190d000-0000-7000-8000-00000000000d';
export const memberId = '0190c000-0000-7000-8000-00000000000c';

const issueKeys = async (): Promise<TestIssuer> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' };
  return {
    jwk,
    privateKey,
    accessToken: (
      {
        tenantId,
        role = 'tenant_admin',
        customerId,
        name = 'Ada',
        email = 'ada@northwind.example',
        memberId: sub = memberId,
        sessionId: sid = sessionId,
      },
      spoilt = {},
    ) =>
      new SignJWT({ tid: tenantId, sid, role, name, email, ...(customerId !== undefined && { customer: customerId }) })
        .setProtectedHeader({ alg: 'ES256', typ: spoilt.type ?? accessTokenType, kid: 'test' })
        .setIssuer(spoilt.issuer ?? issuer)
        .setAudience(spoilt.audience ?? accessTokenAudience)
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime(spoilt.expiresAt ?? '5m')
        .sign(spoilt.key ?? privateKey),
    serviceToken: ({ namespace, serviceAccount, audience }) =>
      new SignJWT({ 'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount, uid: 'u' } } })
        .setProtectedHeader({ alg: 'ES256', kid: 'test' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(`system:serviceaccount:${namespace}:${serviceAccount}`)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
  };
};

export interface TestApi {
  url: string;
  tokens: TestIssuer;
  /** A request as a member of that tenant; JSON in and out. */
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface CallOptions {
  actor?: Partial<Actor> & { tenantId: string };
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  // Tests look into answers of every shape; what they expect is what they assert.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** The routes behind real gates, over a real registry, on a real port; every answer is checked against its schema. */
export const testApi = async ({
  service,
  prefix = `/api/${service}`,
  routes,
  pool,
  log = silentLog,
  trustedProxyHops = 0,
  furtherKeys = [],
  checkSession = () => undefined,
}: {
  service: string;
  prefix?: string;
  routes: readonly Route[];
  /** Of a login that may read the registry. */
  pool: DatabasePool;
  log?: Log;
  trustedProxyHops?: number;
  /** Of access tokens that the service itself gives. */
  furtherKeys?: readonly JWK[];
  /** Without it every session is open. */
  checkSession?: SessionCheck;
}): Promise<TestApi> => {
  const tokens = await issueKeys();
  const keys = createLocalJWKSet({ keys: [tokens.jwk, ...furtherKeys] });
  const app = createApi({
    service,
    prefix,
    routes,
    gates: {
      verifyAccessToken: accessTokenVerifier({ keys, issuer }),
      checkSession,
      verifyServiceToken: serviceTokenVerifier({ keys, issuer, audience: `legendops-${service}` }),
      registry: tenantRegistry(platformDatabase(pool), () => Number.POSITIVE_INFINITY),
      rateLimit: rateLimit(),
    },
    database: serviceDatabase(pool),
    log,
    validateAnswers: true,
    trustedProxyHops,
  });
  const server = createServer(app);
  const url = await listen(server);
  return {
    url,
    tokens,
    call: async (method, path, { actor, token, body, headers = {} } = {}) => {
      const bearer = token ?? (actor && (await tokens.accessToken(actor)));
      const response = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      const read: unknown = isJson ? JSON.parse(text) : text;
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : read };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
